/**
 * What is installed: the requirements file, and torch with a GPU. Cog chooses CUDA by a table of pinned versions.
 */
import type { Node } from 'yaml';
import { CONFIG, type CogConfig } from './config';
import { nearest } from './nearest';
import type { Fix, Problem } from './problem';
import { reporter } from './report';
import { isLater, readRequirements, requirementOf, type Requirement } from './requirements';

/** The versions of torch that Cog's table knows (0.22), without what they are built for. */
const KNOWN_TORCH = new Set([
  ...['1.11.0', '1.12.0', '1.12.1', '1.13.0', '1.13.1', '2.0.0', '2.0.1', '2.1.0', '2.1.1', '2.1.2', '2.2.0', '2.2.1'],
  ...['2.2.2', '2.3.0', '2.3.1', '2.4.0', '2.4.1', '2.5.0', '2.5.1', '2.6.0', '2.7.0', '2.7.1', '2.8.0', '2.9.0'],
  ...['2.9.1', '2.10.0', '2.11.0'],
]);
/** The newest that it knew before Cog 0.20. */
const OLDER_COG_TORCH = '2.10.0';
const USUAL_TORCH = '2.10.0';
const CUDA = '12.8';

/** What the file of requirements holds; null: there is none of this name. */
export interface Installed {
  readonly name: string;
  readonly text: string | null;
}

/** The problems. `isOlderCog`: Cog 0.17 to 0.19, whose table ends earlier. `rootNames` are the files of the project. */
export function requirementsProblems(
  config: CogConfig,
  installed: Installed | undefined,
  rootNames: readonly string[],
  isOlderCog: boolean,
): readonly Problem[] {
  const build = config.entry(config.root, 'build')?.value;
  const entry = config.entry(build, 'python_requirements');
  if (installed?.text === null && entry !== undefined) {
    const meant = nearest(
      installed.name,
      rootNames.filter((name) => name.endsWith('.txt')),
    );
    const message = `There is no ${installed.name} in the project.`;
    const change: Fix[] =
      meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [config.replace(entry.valueSpan, meant)] }];
    const create: Fix = {
      title: `Create ${installed.name}`,
      edits: [{ kind: 'create', file: installed.name, text: '' }],
    };
    return [reporter(CONFIG)('requirements-missing', 'error', entry.valueSpan, message, [...change, create])];
  }
  if (config.boolean(config.entry(build, 'gpu')?.value) !== true || config.entry(build, 'cuda') !== undefined)
    return [];
  const isKnown = (version: string): boolean => {
    const [plain = ''] = version.split('+');
    const whole = plain.split('.').length === 2 ? `${plain}.0` : plain;
    return KNOWN_TORCH.has(whole) && !(isOlderCog && isLater(whole, OLDER_COG_TORCH));
  };
  const packages = config.items(config.entry(build, 'python_packages')?.value);
  const listed = packages.flatMap((node) => listedRequirement(config, node) ?? []);
  const inFile = installed?.text ? readRequirements(installed.text) : [];
  return [
    ...torchProblems(listed, CONFIG, isKnown, cudaFix(config)),
    ...torchProblems(inFile, installed?.name ?? '', isKnown, cudaFix(config)),
  ];
}

function listedRequirement(config: CogConfig, node: Node): Requirement | undefined {
  const source = config.sourceOf(node);
  const quote = /^["']/.test(source) ? 1 : 0;
  const { line, column } = config.nodeSpan(node);
  return requirementOf(config.string(node) ?? '', line, column + quote);
}

function torchProblems(
  all: readonly Requirement[],
  file: string,
  isKnown: (version: string) => boolean,
  cuda: readonly Fix[],
): readonly Problem[] {
  const torch = all.find(({ name }) => name === 'torch');
  if (torch === undefined) return [];
  const { pinned, span } = torch;
  const pin: Fix = {
    title: `Pin torch==${USUAL_TORCH}`,
    edits: [{ kind: 'replace', file, span, text: `torch==${USUAL_TORCH}` }],
  };
  // The fix for CUDA is in another file: it is made by hand rather than through the reporter, which would rename it.
  const make = (code: string, message: string): Problem => ({
    file,
    ...span,
    severity: 'error',
    code,
    message,
    fixes: [pin, ...cuda],
  });
  if (pinned === undefined) {
    return [
      make(
        'torch-unpinned',
        'With gpu: true Cog chooses CUDA by the version of torch: pin it with ==, or set build.cuda.',
      ),
    ];
  }
  if (isKnown(pinned)) return [];
  const message = `Cog's table has no torch ${pinned}, so it knows no CUDA for it: pin one that it has, or set build.cuda.`;
  return [make('torch-unknown', message)];
}

function cudaFix(config: CogConfig): readonly Fix[] {
  const gpu = config.entry(config.entry(config.root, 'build')?.value, 'gpu');
  if (gpu === undefined) return [];
  const { keySpan } = gpu;
  const eol = config.text.includes('\r\n') ? '\r\n' : '\n';
  const at = { line: keySpan.line, column: keySpan.column, endLine: keySpan.line, endColumn: keySpan.column };
  const text = `cuda: "${CUDA}"${eol}${' '.repeat(keySpan.column - 1)}`;
  return [{ title: `Set build.cuda to "${CUDA}"`, edits: [config.replace(at, text)] }];
}
