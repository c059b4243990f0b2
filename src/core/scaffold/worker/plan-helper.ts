/**
 * Puts the call of a column into a Worker that exists, as a file of its own: nothing that is there is changed.
 */
import { parentOf, under } from '../paths';
import type { ProjectFiles, ScaffoldPlan } from '../plan';
import { holdsText, readable } from '../readable';
import { CONFIG_ORDER } from '../wrangler/find-configs';
import { parseConfig } from '../wrangler/parse-config';
import type { HelperModule } from './helper';

/** Where the file goes, and what goes into it. */
export interface HelperTarget {
  /** Folder of the Worker's configuration; `''` is the root. */
  readonly folder: string;
  /** Name of the `ai` binding. */
  readonly binding: string;
  readonly helper: HelperModule;
}

/** The plan, and the line that calls the function of the file. */
export interface HelperPlan extends ScaffoldPlan {
  /** A statement of the Worker's `fetch`, for example `return ask(env.AI, prompt);`. */
  readonly call: string;
}

/**
 * Plans `ai.ts` beside the Worker's entry, or `ai.js` where the Worker has no TypeScript. Where another file has the name,
 * it becomes `ai.1.ts` and so on; where the same stands already, nothing is to be done. The notes say how to call it.
 */
export async function planHelper(files: ProjectFiles, target: HelperTarget): Promise<HelperPlan> {
  const { folder, binding, helper } = target;
  const main = await entryOf(files, folder);
  const isTyped = TYPESCRIPT.test(main ?? '') || (await files.list(folder)).includes('tsconfig.json');
  const extension = isTyped ? 'ts' : 'js';
  const text = isTyped ? helper.typescript : helper.javascript;
  const place = await freeName(files, under(folder, main === undefined ? 'src' : parentOf(main)), extension, text);
  // Node's own resolution, which some tools of JavaScript projects follow, wants the extension.
  const specifier = `./${place.name}${isTyped ? '' : '.js'}`;
  const call = `return ${helper.functionName}(${[`env.${binding}`, ...helper.parameters].join(', ')});`;
  return {
    creates: place.isThere ? [] : [{ path: place.path, text }],
    edits: [],
    skips: place.isThere ? [{ path: place.path, reason: 'It is there already, with the same call.' }] : [],
    conflicts: [],
    commands: [],
    notes: [
      `In your Worker: import { ${helper.functionName} } from "${specifier}"; then ${call} answers with what the model says.`,
    ],
    call,
  };
}

const TYPESCRIPT = /\.[cm]?tsx?$/;
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** Folders that tools write: what is put there is lost with the next build. */
const GENERATED = /^(?:\.[^/]*|dist|build|out|node_modules)\//;

/** The Worker's entry, relative to its folder; undefined where there is none that people write. */
async function entryOf(files: ProjectFiles, folder: string): Promise<string | undefined> {
  for (const format of CONFIG_ORDER) {
    const text = await files.read(under(folder, `wrangler.${format}`));
    if (text === undefined) continue;
    const config = parseConfig(text, format);
    const main = config.ok ? config.data['main'] : undefined;
    if (typeof main !== 'string') return undefined;
    const path = main.replace(/^(?:\.\/)+/, '');
    const isSource =
      SOURCE.test(path) && !GENERATED.test(path) && !path.startsWith('/') && !/(?:^|\/)\.\.\//.test(path);
    return isSource ? path : undefined;
  }
  return undefined;
}

interface Place {
  /** Without extension. */
  readonly name: string;
  readonly path: string;
  /** The same text stands there. */
  readonly isThere: boolean;
}

/**
 * The first name that is free, or that holds this text. One is taken as soon as an import without an extension could
 * find something else by it: a folder, or a file of another extension.
 */
async function freeName(files: ProjectFiles, folder: string, extension: string, text: string): Promise<Place> {
  // Some file systems do not tell upper from lower case.
  const there = (await files.list(folder)).map((name) => name.toLowerCase());
  for (let count = 0; ; count += 1) {
    const name = count === 0 ? 'ai' : `ai.${count}`;
    const path = under(folder, `${name}.${extension}`);
    if (!there.some((other) => other === `${name}/` || isModule(other, name))) return { name, path, isThere: false };
    // What is no text is another's all the same.
    if (holdsText(await readable(files, path), text)) return { name, path, isThere: true };
  }
}

function isModule(file: string, name: string): boolean {
  return file.startsWith(`${name}.`) && /^(?:[cm]?[jt]s|[jt]sx|json)$/.test(file.slice(name.length + 1));
}
