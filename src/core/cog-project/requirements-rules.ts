/**
 * What is installed: the requirements file, and torch with a GPU. Cog chooses CUDA by a table of pinned versions.
 */
import type { Node } from 'yaml';
import { CONFIG, type CogConfig } from './config';
import { nearest } from './nearest';
import type { Fix, Problem } from './problem';
import { reporter } from './report';
import { isLater, readRequirements, requirementOf, type Requirement } from './requirements';

/** The newest torch that Cog's table knows (Cog 0.20 to 0.22), and one that it knows for long. */
const NEWEST_TORCH = '2.11.0';
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
  if (config.scalar(config.entry(build, 'gpu')?.value) !== true || config.entry(build, 'cuda') !== undefined) return [];
  const most = isOlderCog ? OLDER_COG_TORCH : NEWEST_TORCH;
  const packages = config.items(config.entry(build, 'python_packages')?.value);
  const listed = packages.flatMap((node) => listedRequirement(config, node) ?? []);
  const inFile = installed?.text ? readRequirements(installed.text) : [];
  return [
    ...torchProblems(listed, CONFIG, most, cudaFix(config)),
    ...torchProblems(inFile, installed?.name ?? '', most, cudaFix(config)),
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
  most: string,
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
  if (!isLater(pinned, most)) return [];
  return [
    make(
      'torch-unknown',
      `Cog's table ends with torch ${most}, so it knows no CUDA for ${pinned}: pin an earlier one, or set build.cuda.`,
    ),
  ];
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
