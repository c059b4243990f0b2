/**
 * What of a Python file a model can be made of: functions, methods of classes, and classes that are Cog's already.
 */
import type { PythonClass, PythonFacts, PythonMethod, PythonParameter } from '../../cog-project/python-facts';

/** A way into a file. */
export type AdoptEntry =
  | {
      readonly kind: 'cog';
      /** What it is called, and what the command takes: `Runner`, `upscale`, `Upscaler.enhance`. */
      readonly id: string;
      /** Its method, and its key in `cog.yaml`. */
      readonly key: 'run' | 'predict';
    }
  | { readonly kind: 'function'; readonly id: string; readonly method: PythonMethod }
  | {
      readonly kind: 'method';
      readonly id: string;
      readonly className: string;
      readonly method: PythonMethod;
      /** What an object of the class cannot be made without, as far as the file says. */
      readonly needs: readonly string[];
    };

/** Names that models are called by, the likeliest first. */
const LIKELY = [
  ...['predict', 'run', 'infer', 'inference', 'generate', 'process', 'forward', '__call__', 'transcribe', 'classify'],
  ...['detect', 'segment', 'embed', 'encode', 'translate', 'summarize', 'caption', 'upscale', 'enhance', 'main'],
];

const COG_BASES: ReadonlySet<string> = new Set(['BaseRunner', 'BasePredictor']);

/** All ways into a file, the likeliest first. */
export function entriesOf({ classes, functions, imports }: PythonFacts): readonly AdoptEntry[] {
  const hasDataclasses = imports.some(({ module }) => module === 'dataclasses');
  const found = [
    ...functions
      .filter(({ name }) => isPublic(name) && !/^test(?:_|$)/.test(name))
      .map((method): AdoptEntry => ({ kind: 'function', id: method.name, method })),
    ...classes.flatMap((one) => cogEntry(one) ?? methodEntries(one, hasDataclasses)),
  ];
  return found.toSorted((one, other) => rank(one) - rank(other));
}

function cogEntry({ name, bases, methods }: PythonClass): readonly AdoptEntry[] | undefined {
  if (!bases.some((base) => COG_BASES.has(base))) return undefined;
  const ways = (['run', 'predict'] as const).filter((key) => methods.some((method) => method.name === key));
  const [key, ...others] = ways;
  return key === undefined || others.length > 0 ? [] : [{ kind: 'cog', id: name, key }];
}

/** Bases of classes that nobody makes a model of, or that have no objects. */
const NEVER: ReadonlySet<string> = new Set([
  ...['ABC', 'Protocol', 'TypedDict', 'Enum', 'IntEnum', 'StrEnum', 'Exception', 'TestCase'],
]);

/** Methods that are called on an object. */
function methodEntries(one: PythonClass, hasDataclasses: boolean): readonly AdoptEntry[] {
  const { name: className, methods, bases } = one;
  if (!isPublic(className) || bases.some((base) => NEVER.has(base))) return [];
  const needs = needsOf(one, hasDataclasses);
  return methods
    .filter(({ name, decorators }) => (isPublic(name) || name === '__call__') && decorators.every(isHarmless))
    .map((method) => ({ kind: 'method', id: `${className}.${method.name}`, className, method, needs }));
}

/** Fields make the parameters of data classes and of Pydantic's models; elsewhere they only say what there will be. */
function needsOf({ methods, fields, bases }: PythonClass, hasDataclasses: boolean): readonly string[] {
  const init = methods.find(({ name }) => name === '__init__');
  const areParameters = hasDataclasses || bases.includes('BaseModel') || bases.includes('NamedTuple');
  const parameters: readonly PythonParameter[] = init?.parameters ?? (areParameters ? fields : []);
  return parameters.flatMap((one) =>
    one.default === undefined && !/\bClassVar\b/.test(one.annotation?.source ?? '') ? [one.name] : [],
  );
}

const isPublic = (name: string): boolean => !name.startsWith('_');

/** `@torch.no_grad()` leaves a method a method; what these make is something else. */
const isHarmless = ({ name }: { readonly name: string }): boolean =>
  !/^(?:property|cached_property|staticmethod|classmethod|abstractmethod|overload|setter|getter)$/.test(name);

function rank(entry: AdoptEntry): number {
  if (entry.kind === 'cog') return -1;
  const { name } = entry.method;
  const whole = LIKELY.indexOf(name);
  if (whole >= 0) return whole;
  const part = LIKELY.findIndex((word) => name.split('_').includes(word));
  return part >= 0 ? LIKELY.length + part : 2 * LIKELY.length;
}
