/**
 * What is to be known of a function or method before a class can be written around it.
 */
import type { AdoptEntry } from './adopt-entries';
import {
  adoptedOutput,
  adoptedParameter,
  type AdoptedInput,
  type AdoptedOther,
  type AdoptedOutput,
  type AdoptedParameter,
} from './adopt-types';
import type { CogSpelling } from './answers';

/** What is wrapped. */
export interface AdoptedEntry {
  readonly entry: Exclude<AdoptEntry, { kind: 'cog' }>;
  /** The file that it is in, relative to the project. */
  readonly file: string;
  /** How Python imports that file. */
  readonly module: ModuleOfFile;
  readonly spelling: CogSpelling;
}

/** How a file is imported: its dotted name, found in a folder relative to the project. */
export interface ModuleOfFile {
  readonly name: string;
  readonly folder: string;
}

/** The call in the class. */
export interface AdoptedCall extends AdoptedEntry {
  readonly inputs: readonly AdoptedInput[];
  /** Parameters that keep their defaults. */
  readonly left: readonly AdoptedOther[];
  /** Parameters that nothing is known to make. */
  readonly missing: readonly AdoptedOther[];
  readonly output: AdoptedOutput;
  /** The class's method is asynchronous. */
  readonly isAsync: boolean;
  /** `@streaming` sends each part when it is there; before Cog 0.21 there was no such thing. */
  readonly isMarkedStreaming: boolean;
  /** What is imported, and what it is called then. */
  readonly imported: string;
  readonly callee: string;
  /** What the class's object cannot be made without. */
  readonly unmade: readonly string[];
}

/** The class and its method by their spelling. */
export function spelledNames(spelling: CogSpelling): {
  readonly base: string;
  readonly className: string;
  readonly method: 'run' | 'predict';
} {
  return spelling === 'runner'
    ? { base: 'BaseRunner', className: 'Runner', method: 'run' }
    : { base: 'BasePredictor', className: 'Predictor', method: 'predict' };
}

/** Names that the file may have itself. */
const TAKEN: ReadonlySet<string> = new Set(
  `Runner Predictor BaseRunner BasePredictor Input Path Optional Iterator AsyncIterator ConcatenateIterator
   AsyncConcatenateIterator streaming Image importlib json pathlib sys tempfile run predict self part str int float
   list`.split(/\s+/),
);

/** Looks at what is wrapped. */
export function adoptedCall(adopted: AdoptedEntry): AdoptedCall {
  const { entry, spelling } = adopted;
  const { method } = entry;
  const parameters = method.parameters.map(adoptedParameter);
  const inputs = parameters.filter((one) => one.kind === 'input');
  const output = adoptedOutput(method);
  const imported = entry.kind === 'function' ? method.name : entry.className;
  // A parameter of the same name would be called instead.
  const isTaken = TAKEN.has(imported) || inputs.some(({ name }) => name === imported);
  return {
    ...adopted,
    inputs,
    left: parameters.filter(isOther('left')),
    missing: parameters.filter(isOther('missing')),
    output,
    isAsync: method.isAsync || output.isAsyncStream,
    isMarkedStreaming: output.how === 'stream' && spelling === 'runner',
    imported,
    callee: isTaken ? `adopted_${imported}` : imported,
    unmade: entry.kind === 'method' ? entry.needs : [],
  };
}

const isOther =
  (kind: AdoptedOther['kind']) =>
  (one: AdoptedParameter): one is AdoptedOther =>
    one.kind === kind;

/** `ConcatenateIterator` and its kin. */
export function streamType({ output, isAsync }: Pick<AdoptedCall, 'output' | 'isAsync'>): string {
  return `${isAsync ? 'Async' : ''}${output.type === 'str' ? 'ConcatenateIterator' : 'Iterator'}`;
}

/** What people should see to in the method, as sentences. */
export function callTodos({ inputs, missing, output }: AdoptedCall): readonly string[] {
  return [
    ...inputs.flatMap(({ assumed }) => (assumed === undefined ? [] : [`${assumed}.`])),
    ...missing.map(({ name, what }) => `${name} ${what}: make it of the inputs, and pass it on.`),
    ...(output.assumed === undefined ? [] : [`${output.assumed}.`]),
  ];
}

/** What people should see to in `setup`, as sentences. */
export function setupTodos({ unmade, imported, callee }: AdoptedCall): readonly string[] {
  if (unmade.length === 0) return [];
  const names = unmade.map((name) => `${name}=…`).join(', ');
  return [`${imported} is made with values that only you know: self.model = ${callee}(${names}).`];
}
