/**
 * What a search needs to know of a model, worked out once per catalog.
 */
import { comparablePrice } from './comparable-price';
import type { Model } from './model';
import { providerKey, providerTitle } from './providers';
import { joined, plain, wordsOf } from './search-text';
import { taskTitles } from './tasks';

/** One model, ready to be searched. */
export interface IndexEntry<M extends Model> {
  readonly model: M;
  /** All text that a search looks at, one field a line: the names first, then the provider's, then the others. */
  readonly text: string;
  /** Where the names end in `text`. */
  readonly namesEnd: number;
  /** Where the provider's names end in `text`. */
  readonly providerEnd: number;
  /** Id, id without its author, and name, as `plain` writes them. */
  readonly names: readonly string[];
  /** The names without anything between their letters and digits. */
  readonly joinedNames: readonly string[];
  readonly providerKey: string;
  /** The name as it is sorted by: `claude-fable-5.1` stands with `Claude Fable 5`. */
  readonly sortName: string;
  /** USD as `comparablePrice` counts it. */
  readonly price: number | undefined;
}

/** A word that stands in some models. */
export interface IndexWord {
  readonly text: string;
  /** One bit per letter that occurs. */
  readonly letters: number;
  /** Positions of the entries that hold it. */
  readonly entries: readonly number[];
}

/** Every different word of these entries. */
export function wordsIn(entries: readonly IndexEntry<Model>[]): IndexWord[] {
  const positions = new Map<string, number[]>();
  entries.forEach(({ text, joinedNames }, position) => {
    for (const word of [...wordsOf(text), ...joinedNames]) {
      if (word === '') continue;
      const known = positions.get(word);
      if (known === undefined) positions.set(word, [position]);
      else if (known.at(-1) !== position) known.push(position);
    }
  });
  return [...positions].map(([text, list]) => ({ text, letters: lettersOf(text), entries: list }));
}

/** One bit per letter that occurs in the text: two words far apart in this cannot be a typo of each other. */
export function lettersOf(plainText: string): number {
  let bits = 0;
  for (let at = 0; at < plainText.length; at += 1) bits |= 1 << (plainText.charCodeAt(at) & 31);
  return bits;
}

/** Prepares models, each in its place. */
export function entriesOf<M extends Model>(models: readonly M[]): IndexEntry<M>[] {
  const providers = new Map<string, { key: string; text: string }>();
  return models.map((model) => {
    let provider = providers.get(model.provider);
    if (provider === undefined) {
      const key = providerKey(model.provider);
      provider = { key, text: plain(`${model.provider} ${key} ${providerTitle(model.provider)}`) };
      providers.set(model.provider, provider);
    }
    return entryOf(model, provider);
  });
}

function entryOf<M extends Model>(model: M, provider: { key: string; text: string }): IndexEntry<M> {
  const id = plain(model.id);
  const shortId = id.slice(id.lastIndexOf('/') + 1);
  const name = plain(model.name);
  const names = `${shortId}\n${name}`;
  const makers = `\n${id}\n${provider.text}`;
  const abilities = [...model.capabilities, ...(model.zeroDataRetention === true ? ['zero-data-retention'] : [])];
  const others = `\n${model.task} ${taskTitles[model.task].toLowerCase()}\n${abilities.join(' ')}`;
  return {
    model,
    text: names + makers + others,
    namesEnd: names.length,
    providerEnd: names.length + makers.length,
    names: [id, shortId, name],
    joinedNames: [joined(shortId), joined(name)],
    providerKey: provider.key,
    sortName: joined(name),
    price: comparablePrice(model)?.usd,
  };
}
