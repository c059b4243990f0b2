/**
 * Facts about sources that did not change since: while one types into `cog.yaml`, no Python is started for the model.
 */
import type { ReadPython } from '../../core/cog-project/python-facts';

/** Sources of which the facts are kept; a project has one model. */
const MOST = 8;

/** The same reader, asked once for each of the sources that were read last. */
export function readOnce(read: ReadPython): ReadPython {
  const known = new Map<string, ReturnType<ReadPython>>();
  return (source) => {
    const facts = known.get(source) ?? read(source);
    // At the end again: it was asked for last.
    known.delete(source);
    known.set(source, facts);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return facts;
  };
}
