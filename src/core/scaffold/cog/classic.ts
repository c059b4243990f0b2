/**
 * The classic spelling of Python written for today's Cog: `predict`, `BasePredictor`, no decorators.
 */

/** Rewrites our own templates and their tests; for nothing else. */
export function classicSpelling(source: string): string {
  const streams = /^\s+@streaming$/m.test(source);
  const plain = source
    .replace(/^[ \t]+@(?:streaming|concurrent\(.*\))\n/gm, '')
    .replace(
      /^from cog import (.*)$/m,
      (_, names: string) => `from cog import ${importedNames(names, streams, source)}`,
    )
    .replaceAll('BaseRunner', 'BasePredictor')
    .replace(/\bclass Runner\b/g, 'class Predictor')
    .replace(/\bRunner\(\)/g, 'Predictor()')
    .replace(/\brunner: Runner\b/g, 'runner: Predictor')
    .replace(
      /^from run import (.*)$/m,
      (_, names: string) => `from predict import ${names.replace(/\bRunner\b/, 'Predictor')}`,
    )
    .replace(/\bdef run\(/g, 'def predict(')
    .replace(/\brunner\.run\(/g, 'runner.predict(');
  if (!streams) return plain;
  // Of the model's own method alone: others may return iterators still.
  const joined = plain.replace(
    /(def predict\((?:(?!\n {4}def |\n {4}async def )[\s\S])*?\) -> (?:Async)?)Iterator\[str\]:/,
    '$1ConcatenateIterator[str]:',
  );
  const imports = /^from typing import (?:Async)?Iterator\n/m;
  return /\b(?:Async)?Iterator\[/.test(joined.replace(imports, '')) ? joined : joined.replace(imports, '');
}

function importedNames(names: string, streams: boolean, source: string): string {
  const kept = names.split(', ').filter((name) => name !== 'streaming' && name !== 'concurrent');
  const isAsync = /-> AsyncIterator\[str\]:/.test(source);
  const iterator = streams ? [isAsync ? 'AsyncConcatenateIterator' : 'ConcatenateIterator'] : [];
  return [...kept, ...iterator].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)).join(', ');
}
