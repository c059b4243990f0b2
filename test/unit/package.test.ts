/** What `npm run package` puts into the `.vsix`, from the last build. */
import { listFiles, PackageManager } from '@vscode/vsce';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) =>
  file.replaceAll('\\', '/'),
);

describe('the .vsix', () => {
  it('holds only what runs', () => {
    const unexpected = files.filter(
      (file) =>
        !/^(?:package\.json|package\.nls\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(file) &&
        !/^dist\/(?:extension|browser|simulator-worker|tokenizer|measure|scaffold|cog|cog-project)\.js$/.test(file) &&
        !/^dist\/webview\/(?:main\.(?:js|css)|editor\.worker\.js|codicon\.(?:css|ttf)|chunks\/[^/]+\.(?:js|css))$/.test(
          file,
        ) &&
        !/^media\//.test(file),
    );
    expect(unexpected).toEqual([]);
  });

  it('holds everything that runs', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const [{ icon }] = manifest.contributes.viewsContainers.activitybar;
    const named = [manifest.main, manifest.browser, manifest.icon, icon].map((file: string) =>
      file.replace(/^\.\//, ''),
    );
    expect(files).toEqual(
      expect.arrayContaining([
        ...named,
        'dist/simulator-worker.js',
        'dist/tokenizer.js',
        'dist/measure.js',
        'dist/scaffold.js',
        'dist/cog.js',
        'dist/cog-project.js',
        'media/cog/cog.schema.json',
        'media/catalog.json',
      ]),
    );
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/webview/main.js',
        'dist/webview/main.css',
        'dist/webview/codicon.css',
        'dist/webview/codicon.ttf',
      ]),
    );
    const metafile = JSON.parse(readFileSync(path.join(root, 'dist/meta.json'), 'utf8'));
    const chunks = Object.keys(metafile.outputs).filter(
      (output) => output.startsWith('dist/webview/') && output.endsWith('.js'),
    );
    expect(files).toEqual(expect.arrayContaining(chunks));
  });

  it('holds every file that projects are made of', () => {
    const folder = 'media/templates';
    const templates = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    expect(templates.length).toBeGreaterThan(20);
    expect(files.filter((file) => file.startsWith(folder)).toSorted()).toEqual(templates.toSorted());
  });

  it('stays under 6 MB', () => {
    const bytes = files.reduce((sum, file) => sum + deflateRawSync(readFileSync(path.join(root, file))).length, 0);
    expect(bytes / 1024 / 1024).toBeGreaterThan(1);
    expect(bytes / 1024 / 1024).toBeLessThanOrEqual(6);
  });
});
