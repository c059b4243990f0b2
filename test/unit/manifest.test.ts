import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, HAS_CREDENTIAL, PANEL_TYPE, SECTION } from '../../src/vscode/ids';

const root = path.resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly scope?: string; readonly pattern?: string }>
      >;
    };
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents?: readonly string[];
      }[];
    }[];
  };
}

const manifestText = text('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const strings = JSON.parse(text('package.nls.json')) as Record<string, string>;
const { commands, configuration, menus, walkthroughs } = manifest.contributes;
const settings = configuration.properties;
const commandIds = commands.map(({ command }) => command);

const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: text(path.join('src', file)) }));

/** All first groups of a pattern in all sources. */
function inSources(pattern: RegExp): string[] {
  return sources.flatMap(({ source }) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
}

describe('strings', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');

  it('has every string that the manifest names, and the manifest names every string', () => {
    expect([...new Set(used)].sort()).toEqual(Object.keys(strings).sort());
  });

  it('has no empty string', () => {
    expect(Object.entries(strings).filter(([, value]) => value.trim() === '')).toEqual([]);
  });

  it('shows no string of the manifest that could not be translated', () => {
    for (const { title, category } of commands) {
      expect(title).toMatch(/^%.+%$/);
      expect(category).toBe('%category%');
    }
    expect(strings['category']).toBe('Unified Inference');
  });
});

describe('commands', () => {
  it('contributes every command of the code, and the code knows every contributed one', () => {
    expect(commandIds.toSorted()).toEqual(Object.values(COMMANDS).toSorted());
  });

  it('registers every command by its name in one place', () => {
    const registered = inSources(/\bregister\(COMMANDS\.(\w+)/g);
    expect(registered.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  it('names only its own commands in menus, walkthrough buttons and completion events', () => {
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const named = [
      ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
      ...Object.values(strings).flatMap((value) => [...value.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1])),
      ...steps.flatMap((step) => (step.completionEvents ?? []).map((event) => event.replace(/^onCommand:/, ''))),
    ];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => !commandIds.includes(command ?? ''))).toEqual([]);
  });

  it('gives walkthrough buttons arguments that can be read', () => {
    const queries = Object.values(strings).flatMap((value) =>
      [...value.matchAll(/\(command:[\w.]+\?([^)]*)\)/g)].map((match) => match[1] ?? ''),
    );
    expect(queries.map((query) => JSON.parse(decodeURIComponent(query)) as unknown)).toEqual([
      [expect.objectContaining({ run: true, prompt: expect.any(String) as string })],
    ]);
  });

  it('asks in when-clauses only for context keys and settings that exist', () => {
    const clauses = Object.values(menus).flatMap((items) =>
      items.flatMap(({ when }) => (when === undefined ? [] : [when])),
    );
    for (const key of clauses.flatMap((clause) => clause.match(/(?:config\.)?unifiedInference\.\w+/g) ?? [])) {
      if (key.startsWith('config.')) expect(Object.keys(settings)).toContain(key.slice('config.'.length));
      else expect(key).toBe(HAS_CREDENTIAL);
    }
  });
});

describe('settings', () => {
  const read = inSources(/\bsection\.get\('([^']+)'\)/g).map((name) => `${SECTION}.${name}`);
  const written = inSources(/\bsection\.update\('([^']+)'/g).map((name) => `${SECTION}.${name}`);

  it('reads every setting that it contributes, and contributes every setting that it reads', () => {
    expect([...new Set(read)].sort()).toEqual(Object.keys(settings).sort());
  });

  it('writes only settings that it contributes', () => {
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter((name) => !(name in settings))).toEqual([]);
  });

  it('reads settings in one file only', () => {
    const readers = sources.filter(({ source }) => source.includes('getConfiguration(')).map(({ file }) => file);
    expect(readers).toEqual([path.join('vscode', 'settings.ts')]);
  });

  it('lets no workspace redirect a token', () => {
    expect(settings['unifiedInference.connection']?.scope).toBe('machine');
    expect(settings['unifiedInference.apiBaseUrl']?.scope).toBe('machine');
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations.filter((name) => !(name in settings))).toEqual([]);
    for (const name of ['connection', 'apiBaseUrl', 'accountId', 'gatewayId', 'metadata']) {
      expect(restrictedConfigurations).toContain(`unifiedInference.${name}`);
    }
  });

  it('has the defaults that scripts rely on', () => {
    const defaults = Object.entries(settings).map(([name, { default: value }]) => [
      name.replace(`${SECTION}.`, ''),
      value,
    ]);
    expect(Object.fromEntries(defaults)).toEqual({
      connection: 'simulator',
      accountId: '',
      gatewayId: 'default',
      metadata: {},
      firstTokenTimeoutSeconds: 120,
      idleTimeoutSeconds: 60,
      maxAttempts: 3,
      apiBaseUrl: 'https://api.cloudflare.com/client/v4',
    });
  });

  it('underlines an API base URL that would send the token in the clear', () => {
    const pattern = new RegExp(settings['unifiedInference.apiBaseUrl']?.pattern ?? '');
    const good = [
      'https://api.cloudflare.com/client/v4',
      'http://127.0.0.1:8787/client/v4',
      'http://localhost',
      'http://[::1]:80',
    ];
    const bad = [
      'http://api.cloudflare.com',
      'http://127.0.0.1.example.com',
      'http://localhost.example.com',
      'ftp://x',
      '',
    ];
    expect(good.filter((url) => !pattern.test(url))).toEqual([]);
    expect(bad.filter((url) => pattern.test(url))).toEqual([]);
  });
});

describe('loading', () => {
  it('is activated by its own panel and commands only', () => {
    expect(manifest.activationEvents).toEqual([`onWebviewPanel:${PANEL_TYPE}`]);
  });

  it('runs beside the workspace, on every VS Code whose typings it was checked against', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
    const [, engine] = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    expect(manifest.devDependencies['@types/vscode']?.replace(/\.\d+$/, '')).toBe(engine);
  });

  it('has the files that it names, and builds those that it runs', () => {
    const files = [manifest.icon, ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg))];
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    for (const bundle of [manifest.main, manifest.browser]) {
      expect(text('esbuild.mjs')).toContain(bundle.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    }
  });

  it('has an icon of 256 by 256 pixels', () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
  });
});
