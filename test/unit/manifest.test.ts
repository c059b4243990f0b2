import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, MODELS_VIEW, PANEL_TYPE, SECTION } from '../../src/vscode/ids';
import { taskIcons } from '../../src/vscode/models/task-icons';

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
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string; readonly when?: string }[]>
    >;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
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
const { commands, configuration, menus, views, viewsContainers, viewsWelcome, walkthroughs } = manifest.contributes;
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
    const registered = inSources(/\bregister\(\s*COMMANDS\.(\w+)/g);
    expect(registered.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  it('names only its own commands in menus, buttons of texts and completion events', () => {
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const named = [
      ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
      ...Object.values(strings).flatMap((value) => [...value.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1])),
      ...steps.flatMap((step) => (step.completionEvents ?? []).map((event) => event.replace(/^onCommand:/, ''))),
    ];
    // VS Code itself makes these for the view.
    const ofView = [`${MODELS_VIEW}.focus`, `onView:${MODELS_VIEW}`];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => ![...commandIds, ...ofView].includes(command ?? ''))).toEqual([]);
  });

  it('gives walkthrough buttons arguments that can be read', () => {
    const queries = Object.values(strings).flatMap((value) =>
      [...value.matchAll(/\(command:[\w.]+\?([^)]*)\)/g)].map((match) => match[1] ?? ''),
    );
    expect(queries.map((query) => JSON.parse(decodeURIComponent(query)) as unknown)).toEqual([
      [expect.objectContaining({ run: true, prompt: expect.any(String) as string })],
    ]);
  });

  it('asks in when-clauses only for views, context keys and settings that exist', () => {
    const clauses = [...Object.values(menus).flat(), ...Object.values(views).flat(), ...viewsWelcome].flatMap(
      ({ when }) => (when === undefined ? [] : [when]),
    );
    const known = [
      ...Object.keys(settings).map((name) => `config.${name}`),
      ...Object.values(CONTEXT_KEYS),
      MODELS_VIEW,
    ];
    const asked = clauses.flatMap((clause) => clause.match(/(?:config\.)?unifiedInference\.\w+/g) ?? []);
    expect(asked.filter((key) => !known.includes(key))).toEqual([]);
    // And every key that the code keeps is asked for.
    expect(Object.values(CONTEXT_KEYS).filter((key) => !asked.includes(key))).toEqual([]);
  });
});

describe('the Models view', () => {
  it('is the one view, in a container of its own, and every menu and welcome text of a view is for it', () => {
    const [container] = viewsContainers.activitybar;
    expect(Object.entries(views).map(([id, contained]) => [id, contained.map((view) => view.id)])).toEqual([
      [container?.id, [MODELS_VIEW]],
    ]);
    expect(viewsWelcome.map(({ view }) => view)).toEqual(viewsWelcome.map(() => MODELS_VIEW));
    const inViews = ['view/title', 'view/item/context'].flatMap((menu) => menus[menu] ?? []);
    expect(inViews.filter(({ when }) => !when?.startsWith(`view == ${MODELS_VIEW}`))).toEqual([]);
  });

  it('offers in its rows every command about one model, and either adds or removes a favourite', () => {
    const rows = menus['view/item/context'] ?? [];
    const about = ['openModelPage', 'compareModel', 'copyModelId', 'useModelInWorker', 'openModelTerms'] as const;
    for (const name of [...about, 'addFavourite', 'removeFavourite'] as const) {
      expect(rows.map(({ command }) => command)).toContain(COMMANDS[name]);
    }
    /** Commands for a row with this context value. */
    const shownFor = (value: string) => [
      ...new Set(
        rows
          .filter(({ when }) => new RegExp(/viewItem =~ \/(.*)\/$/.exec(when ?? '')?.[1] ?? '(?!)').test(value))
          .map(({ command }) => command.replace(`${SECTION}.`, '')),
      ),
    ];
    expect(shownFor('group')).toEqual([]);
    expect(shownFor('model other').toSorted()).toEqual(
      ['addFavourite', 'compareModel', 'copyModelId', 'openModelPage', 'useModelInWorker'].toSorted(),
    );
    expect(shownFor('model favourite terms').toSorted()).toEqual([...about, 'removeFavourite'].toSorted());
  });
});

describe('menus of files and folders', () => {
  const entries = ['explorer/context', 'editor/title'].flatMap((menu) =>
    (menus[menu] ?? []).map(({ command, when = '' }) => ({ menu, command, when })),
  );

  it('offer projects in folders, and in configurations what is about them, where commands work', () => {
    const CONFIG = 'resourceFilename =~ /^(wrangler';
    const COG = 'resourceFilename == cog.yaml';
    const FOLDER = 'explorerResourceIsFolder';
    const inMenu = (name: string) =>
      Object.fromEntries(entries.filter(({ menu }) => menu === name).map(({ command, when }) => [command, when]));
    const asking = (when: string) => expect.stringContaining(when) as string;
    const about = {
      [COMMANDS.addAiBinding]: asking(CONFIG),
      [COMMANDS.checkCogProject]: asking(COG),
      [COMMANDS.runCogModel]: asking(`${COG} && isWorkspaceTrusted`),
      [COMMANDS.packageCogModel]: asking(COG),
    };
    expect(inMenu('editor/title')).toEqual(about);
    expect(inMenu('explorer/context')).toEqual({
      ...about,
      [COMMANDS.newWorkerProject]: asking(FOLDER),
      [COMMANDS.newCogProject]: asking(FOLDER),
      [COMMANDS.adoptCogProject]: asking(`(${FOLDER} || resourceExtname == .py)`),
    });
    for (const { when } of entries) expect(when).toContain('(!isWeb || remoteName)');
  });

  it('know configurations by their names', () => {
    const names = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml', 'wrangler.live.jsonc', 'cloudflare.config.ts'];
    const others = ['package.json', 'wrangler.ts', 'my-wrangler.json', 'wrangler.jsonc.bak', 'cloudflare.config.js'];
    const clauses = entries.filter(({ command }) => command === COMMANDS.addAiBinding).map(({ when }) => when);
    for (const clause of clauses) {
      const pattern = new RegExp(/resourceFilename =~ \/(.*)\/ &&/.exec(clause)?.[1] ?? '(?!)');
      expect([...names, ...others].filter((name) => pattern.test(name))).toEqual(names);
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

  it('lets neither a workspace nor a remote machine raise a budget', () => {
    for (const name of ['perRunUsd', 'perDayUsd']) {
      expect(settings[`${SECTION}.budget.${name}`]?.scope).toBe('application');
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
      // No limit.
      'budget.perRunUsd': null,
      'budget.perDayUsd': null,
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
  it('is activated by its own panel, view and commands, and by Cog projects', () => {
    expect(manifest.activationEvents).toEqual([`onWebviewPanel:${PANEL_TYPE}`, 'workspaceContains:**/cog.yaml']);
  });

  it('runs beside the workspace, on every VS Code whose typings it was checked against', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
    const [, engine] = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    expect(manifest.devDependencies['@types/vscode']?.replace(/\.\d+$/, '')).toBe(engine);
  });

  it('has the files that it names, and builds those that it runs', () => {
    const files = [
      manifest.icon,
      ...viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(views).flatMap((contained) => contained.map(({ icon }) => icon)),
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    for (const bundle of [manifest.main, manifest.browser]) {
      expect(text('esbuild.mjs')).toContain(bundle.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    }
  });

  it('draws only icons that exist', () => {
    const codicons = text('node_modules/@vscode/codicons/dist/codicon.css');
    const named = [
      ...[...manifestText.matchAll(/"\$\(([\w-]+)\)"/g)].map((match) => match[1] ?? ''),
      ...inSources(/new vscode\.ThemeIcon\('([\w-]+)'/g),
      ...inSources(/\$\(([\w-]+)\)/g),
      ...Object.values(taskIcons),
    ];
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((icon) => !codicons.includes(`.codicon-${icon}:before`))).toEqual([]);
  });

  it('has an icon of 256 by 256 pixels', () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
  });
});
