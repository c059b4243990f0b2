/**
 * What no schema can say of `cog.yaml`: keys that exclude each other, versions, secrets, outdated words.
 */
import type { Node } from 'yaml';
import { CONFIG, type CogConfig, type Entry } from './config';
import type { Fix, Problem } from './problem';
import { reporter } from './report';

const report = reporter(CONFIG);

/** The oldest Python 3 that Cog takes (0.22), and the newest that it is known with; it sets no limit there. */
const OLDEST = 10;
const NEWEST = 14;
const USUAL = '3.12';

/** Names of variables that hold what nobody else may know. */
const SECRET = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;

/** Words of tokenizers, and limits. */
const MARKER = /(?:^|_)(?:MAX|MIN|NUM|STOP|EOS|BOS|PAD|UNK|SEP|CLS|MASK)_TOKEN$/i;

/** The problems. `isClassicCog`: the installed Cog knows no other spelling than `predict`. */
export function configProblems(config: CogConfig, isClassicCog: boolean): readonly Problem[] {
  const { root } = config;
  const build = config.entry(root, 'build');
  return [
    ...versionProblems(config, build),
    ...unquoted(config, build?.value, ['cuda', 'cudnn', 'sdk_version']),
    ...cudaProblems(config, build?.value),
    ...entryProblems(config, isClassicCog),
    ...packageProblems(config, build?.value),
    ...environmentProblems(config),
    ...modelProblems(config),
  ];
}

const removing = (config: CogConfig, title: string, { lines }: Entry): Fix => ({
  title,
  edits: [config.replace(lines, '')],
});

function versionProblems(config: CogConfig, build: Entry | undefined): readonly Problem[] {
  const { root } = config;
  if (build === undefined) {
    if (config.entries(root).length === 0) return [];
    const eol = config.text.includes('\r\n') ? '\r\n' : '\n';
    const at = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    const edits = [config.replace(at, `build:${eol}  python_version: "${USUAL}"${eol}`)];
    const message = 'Without build.python_version Cog chooses the Python of the image by itself.';
    return [
      report('python-version-missing', 'warning', config.start, message, [
        { title: `Add python_version "${USUAL}"`, edits },
      ]),
    ];
  }
  const version = config.entry(build.value, 'python_version');
  if (version?.value === undefined) {
    const first = config.entries(build.value)[0];
    const message = 'Without python_version Cog chooses the Python of the image by itself.';
    const fixes = first === undefined || first.keySpan.line === build.keySpan.line ? [] : [addVersion(config, first)];
    return [report('python-version-missing', 'warning', build.keySpan, message, fixes)];
  }
  const value = config.scalar(version.value);
  if (typeof value === 'number') return [unquotedVersion(config, version.value, 'python_version')];
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (major === undefined || minor === undefined) return [];
  if (major === '3' && Number(minor) >= OLDEST && Number(minor) <= NEWEST) return [];
  const isNewer = major === '3' && Number(minor) > NEWEST;
  const fix = { title: `Use "${USUAL}"`, edits: [config.replace(version.valueSpan, `"${USUAL}"`)] };
  const message = isNewer
    ? `Cog may have no image for Python ${major}.${minor} yet.`
    : `Cog takes Python from 3.${OLDEST} on, not ${major}.${minor}.`;
  return [report('python-version-unsupported', isNewer ? 'warning' : 'error', version.valueSpan, message, [fix])];
}

function addVersion(config: CogConfig, { keySpan }: Entry): Fix {
  const indent = ' '.repeat(keySpan.column - 1);
  const eol = config.text.includes('\r\n') ? '\r\n' : '\n';
  const at = { line: keySpan.line, column: keySpan.column, endLine: keySpan.line, endColumn: keySpan.column };
  const edits = [config.replace(at, `python_version: "${USUAL}"${eol}${indent}`)];
  return { title: `Add python_version "${USUAL}"`, edits };
}

function unquotedVersion(config: CogConfig, node: Node, key: string): Problem {
  const source = config.sourceOf(node);
  const value = String(config.scalar(node));
  const isMisread = value !== source;
  const message = isMisread
    ? `${key} must be in quotes: as a number, ${source} is ${value}.`
    : `${key} should be in quotes: it is a version, not a number.`;
  const fix = { title: `Quote ${source}`, edits: [config.replace(config.nodeSpan(node), `"${source}"`)] };
  const code = key === 'python_version' ? 'python-version-unquoted' : 'version-unquoted';
  return report(code, isMisread ? 'error' : 'warning', config.nodeSpan(node), message, [fix]);
}

function unquoted(config: CogConfig, build: Node | undefined, keys: readonly string[]): readonly Problem[] {
  return keys.flatMap((key) => {
    const value = config.entry(build, key)?.value;
    return value !== undefined && typeof config.scalar(value) === 'number' ? [unquotedVersion(config, value, key)] : [];
  });
}

/** Cog's images are made for versions of two parts (`12.8`). */
function cudaProblems(config: CogConfig, build: Node | undefined): readonly Problem[] {
  const entry = config.entry(build, 'cuda');
  const value = config.string(entry?.value);
  if (entry === undefined || value === undefined || !/^\d+$/.test(value)) return [];
  const message = `cuda needs two parts, such as "${value}.8": Cog does not choose one for ${value}.`;
  return [report('cuda-version', 'error', entry.valueSpan, message)];
}

/** `run`, `predict`, and what was replaced by code. */
function entryProblems(config: CogConfig, isClassicCog: boolean): readonly Problem[] {
  const { root } = config;
  const run = config.entry(root, 'run');
  const predict = config.entry(root, 'predict');
  const concurrency = config.entry(root, 'concurrency');
  const problems: Problem[] = [];
  if (run !== undefined && predict !== undefined) {
    const fixes = [removing(config, 'Keep run', predict), removing(config, 'Keep predict', run)];
    const message = 'Cog takes either run or predict, not both.';
    problems.push(report('run-and-predict', 'error', predict.keySpan, message, fixes));
  } else if (run === undefined && predict === undefined && config.entry(root, 'train') === undefined) {
    if (config.entries(root).length > 0) {
      const message = 'cog.yaml names no model: add run: "run.py:Runner".';
      problems.push(report('no-model', 'warning', config.start, message));
    }
  } else if (predict !== undefined && !isClassicCog) {
    const message = "predict is the classic spelling. It works; today's Cog says run, with BaseRunner.";
    problems.push(report('predict-deprecated', 'info', predict.keySpan, message));
  }
  if (concurrency !== undefined && !isClassicCog && run !== undefined) {
    const message = 'concurrency is the classic way: today @concurrent(max=N) on an async run says it.';
    problems.push(report('concurrency-deprecated', 'info', concurrency.keySpan, message));
  }
  return problems;
}

function packageProblems(config: CogConfig, build: Node | undefined): readonly Problem[] {
  const packages = config.entry(build, 'python_packages');
  const requirements = config.entry(build, 'python_requirements');
  if (packages === undefined || requirements === undefined) return [];
  if (config.items(packages.value).length === 0) return [];
  const fixes = [
    removing(config, 'Keep python_requirements', packages),
    removing(config, 'Keep python_packages', requirements),
  ];
  const message = 'Cog takes either python_packages or python_requirements, not both.';
  return [report('packages-and-requirements', 'error', packages.keySpan, message, fixes)];
}

function environmentProblems(config: CogConfig): readonly Problem[] {
  const variables = config.items(config.entry(config.root, 'environment')?.value);
  return variables.flatMap((node) => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(config.string(node) ?? '') ?? [];
    if (!SECRET.test(name) || MARKER.test(name) || value === '' || /^\d+$/.test(value)) return [];
    const message = `${name} looks like a secret, and environment is written into the image for everybody to read. Give it when the container starts.`;
    return [report('secret-in-environment', 'error', config.nodeSpan(node), message)];
  });
}

function modelProblems(config: CogConfig): readonly Problem[] {
  const { root } = config;
  const [image, model, weights] = ['image', 'model', 'weights'].map((key) => config.entry(root, key));
  const problems: Problem[] = [];
  if (image && model) {
    const fixes = [removing(config, 'Keep image', model), removing(config, 'Keep model', image)];
    problems.push(
      report('image-and-model', 'error', model.keySpan, 'Cog takes either image or model, not both.', fixes),
    );
  }
  if (weights && !model) {
    problems.push(
      report(
        'weights-without-model',
        'error',
        weights.keySpan,
        'weights need model: the repository that they are kept in.',
      ),
    );
  }
  return problems;
}
