/**
 * What all sources have in common: they are read entry by entry, so that one bad entry costs that model and nothing else.
 */
import { asObject, type Json } from '../../inference/json';
import type { ListedModel } from '../entry';
import { plainText } from './values';

/** Told of everything left out, a whole entry or its price list: the entry's id or index, and why. */
export type Rejected = (entry: string, why: string) => void;

/** What a source says of one model. */
export type Facts = ListedModel['facts'];

/** Reads one entry; a string says why it is left out. `dropped` is told why its price list is. */
type ReadEntry = (entry: Json, dropped: (why: string) => void) => ListedModel | string;

/** The entries that can be read, the first of each id. What is no list has none. `idField` names an entry in the log. */
export function readEntries(
  list: unknown,
  idField: string,
  rejected: Rejected | undefined,
  read: ReadEntry,
): ListedModel[] {
  if (!Array.isArray(list)) {
    rejected?.('catalog', 'There is no list of models.');
    return [];
  }
  const models = new Map<string, ListedModel>();
  list.forEach((value: unknown, index) => {
    const entry = asObject(value);
    // As plain text: an id with line breaks would pass for a line of ours.
    const reject = (why: string): void => rejected?.(plainText(entry?.[idField], 100) ?? `#${index}`, why);
    const dropped: string[] = [];
    const model = entry === undefined ? 'The entry is not an object.' : read(entry, (why) => dropped.push(why));
    if (typeof model === 'string') reject(model);
    else if (models.has(model.id)) reject('The id occurs twice.');
    else {
      models.set(model.id, model);
      dropped.forEach(reject);
    }
  });
  return [...models.values()];
}

/** Leaves out what says nothing: unknown values and empty lists. */
export function stated(facts: { readonly [Fact in keyof Facts]?: Facts[Fact] | undefined }): Facts {
  const said: Record<string, unknown> = {};
  for (const fact in facts) {
    const value = facts[fact as keyof Facts];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) said[fact] = value;
  }
  return said;
}
