/**
 * What `cog` has (SDK 0.22), for telling what it has not.
 */
import type { PythonFacts } from './python-facts';
import type { Span } from './problem';

const names = new Set([
  ...['BaseRunner', 'BasePredictor', 'BaseModel', 'Input', 'Path', 'Secret', 'File', 'URLPath', 'URLFile', 'Opaque'],
  ...['ConcatenateIterator', 'AsyncConcatenateIterator', 'ExperimentalFeatureWarning', 'CancelationException'],
  ...['FieldInfo', 'streaming', 'concurrent', 'current_scope', 'emit_metric', '__version__', '*'],
  ...['input', 'model', 'predictor', 'server', 'types'],
]);

/** What people write instead. */
const meant: ReadonlyMap<string, string> = new Map([
  ['Predictor', 'BasePredictor'],
  ['Runner', 'BaseRunner'],
  ['CancellationException', 'CancelationException'],
  ['Iterator', 'Iterator of typing'],
  ['List', 'List of typing'],
  ['Optional', 'Optional of typing'],
  ['stream', 'streaming'],
]);

/** Names imported from `cog` that it does not have. */
export function classImports({ imports }: PythonFacts): readonly {
  readonly name: string;
  readonly span: Span;
  readonly instead?: string;
}[] {
  return imports
    .filter(({ module, name }) => module === 'cog' && name !== undefined && !names.has(name))
    .map(({ name = '', span }) => {
      const instead = meant.get(name);
      return { name, span, ...(instead !== undefined && { instead }) };
    });
}
