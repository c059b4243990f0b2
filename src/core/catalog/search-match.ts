/**
 * How well a model matches what was typed.
 *
 * Points of one word, in this order: the whole name, the beginning of a word, the inside of a word, a typo; and at equal
 * kind the model's names before its provider's, and those before task and capabilities.
 */
import { typosForgiven, typosToPrefix } from './edit-distance';
import type { Model } from './model';
import { lettersOf, type IndexEntry, type IndexWord } from './search-index';
import { beginsWord, endsWord, joined, piecesOf, wordsOf } from './search-text';

/** How well a model matches as a whole. */
export interface Match {
  /** The id or the name is what was typed, to the letter. */
  readonly exact: boolean;
  /** Some word matches as a typo only. */
  readonly typo: boolean;
  readonly points: number;
}

/** What an index holds, to find out quickly which models cannot match. */
interface Vocabulary {
  readonly words: readonly IndexWord[];
  /** How many entries there are. */
  readonly size: number;
}

/** Tells how well an entry, which stands at a position of the index, matches; `undefined`: not at all. */
export type Matcher = (entry: IndexEntry<Model>, position: number) => Match | undefined;

const POINTS = { exact: 90, name: 40, provider: 35, other: 30, pieces: 25, insideJoined: 14 } as const;
/** Points less for the inside of a word than for its beginning. */
const INSIDE = 20;
/** Points more for a word that is matched to its end. */
const WHOLE = 4;
/** Points more for the beginning of the name. */
const FIRST = 2;
/** Typos have less than this, and everything else has more. */
const TYPO = 10;
/** Points more when all words together, written as one, are a name. */
const TOGETHER = 200;

/** A word of the index that another one may be a typo of. */
interface Near {
  readonly word: string;
  /** Points less than for the word itself, after these are scaled down to those of typos. */
  readonly malus: number;
}

/** One word that was typed. */
interface Term {
  readonly text: string;
  readonly joined: string;
  /** What the word is made of; empty when that is itself. */
  readonly pieces: readonly Term[];
  readonly near: readonly Near[];
  /** Not zero for the entries that can match. Absent: any can. */
  readonly candidates: Uint8Array | undefined;
}

/**
 * Compiles what was typed (as `plain` writes it) for an index with these words. With no word typed, everything matches.
 */
export function createMatcher(typed: string, index: Vocabulary): Matcher {
  const words = typed.split(' ').filter(Boolean);
  const terms = words.map((word) => termOf(word, index));
  const together = joined(typed);
  // "gtp 5.4" and "deep seek": words that match nothing may be one.
  const one = words.length > 1 && together !== '' ? simpleTerm(together, index) : undefined;
  return (entry, position) => {
    let points = 0;
    let typo = false;
    for (const term of terms) {
      const found = pointsOf(term, entry, position);
      if (found === 0) {
        const joint = one === undefined ? 0 : pointsOf(one, entry, position);
        return joint === 0 ? undefined : { exact: false, typo: joint < TYPO, points: joint };
      }
      points += found;
      if (found < TYPO) typo = true;
    }
    if (together !== '' && entry.joinedNames.includes(together)) points += TOGETHER;
    return { exact: typed !== '' && entry.names.includes(typed), typo, points };
  };
}

function termOf(text: string, index: Vocabulary): Term {
  const parts = piecesOf(text);
  if (parts.length === 0 || (parts.length === 1 && parts[0] === text)) return simpleTerm(text, index);
  const whole = simpleTerm(text, index);
  const pieces = parts.map((part) => simpleTerm(part, index));
  const { candidates } = whole;
  for (let at = 0; candidates !== undefined && at < candidates.length; at += 1) {
    if (pieces.every((piece) => piece.candidates?.[at] !== 0)) candidates[at] = 1;
  }
  return { ...whole, pieces };
}

/** A word of one piece. Its candidates have it in one of their words, or a word close to it. */
function simpleTerm(text: string, { words, size }: Vocabulary): Term {
  const own = joined(text);
  const [longest = ''] = wordsOf(text).toSorted((a, b) => b.length - a.length);
  if (longest === '') return { text, joined: own, pieces: [], near: [], candidates: undefined };
  const forgiven = typosForgiven(own.length);
  const [lettersOfLongest, letters] = [lettersOf(longest), lettersOf(own)];
  const candidates = new Uint8Array(size);
  const near: Near[] = [];
  for (const word of words) {
    // Each letter that the word lacks costs a typo at least.
    const lacking = bits(letters & ~word.letters);
    const same = lacking === 0 && word.text.includes(own);
    const holds = same || ((lettersOfLongest & ~word.letters) === 0 && word.text.includes(longest));
    const typos = same || forgiven === 0 || lacking > forgiven ? forgiven + 1 : typosToPrefix(own, word.text, forgiven);
    if (typos <= forgiven) near.push({ word: word.text, malus: malusOf(typos, own, word.text) });
    else if (!holds) continue;
    for (const position of word.entries) candidates[position] = 1;
  }
  return { text, joined: own, pieces: [], near: withoutLonger(near), candidates };
}

/** Without the words that go on where another one ends and are no closer: who has them has that one too. */
function withoutLonger(near: readonly Near[]): Near[] {
  const kept: Near[] = [];
  for (const one of near.toSorted((a, b) => a.word.length - b.word.length)) {
    if (!kept.some(({ word, malus }) => malus <= one.malus && one.word.startsWith(word))) kept.push(one);
  }
  return kept;
}

/** Few typos before many, and a word of the same length before one that goes on or is cut short. */
function malusOf(typos: number, typed: string, word: string): number {
  return (typos - 1) * 0.5 + Math.min(3, Math.abs(word.length - typed.length)) * 0.1;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Points of one word; 0: it does not match. */
function pointsOf(term: Term, entry: IndexEntry<Model>, position: number): number {
  if (term.candidates?.[position] === 0) return 0;
  return (
    literalPoints(term.text, entry) ||
    joinedPoints(term.joined, entry) ||
    Math.max(piecesPoints(term.pieces, entry, position), typoPoints(term.near, entry))
  );
}

/** The best of all places where the word stands as it was typed. */
function literalPoints(word: string, { text, names, namesEnd, providerEnd }: IndexEntry<Model>): number {
  let best = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const field = at < namesEnd ? POINTS.name : at < providerEnd ? POINTS.provider : POINTS.other;
    if (best >= field + WHOLE + FIRST) break;
    const begins = beginsWord(text, at);
    const whole = begins && endsWord(text, at + word.length) ? WHOLE : 0;
    const first = at === 0 || (at < namesEnd && text.charAt(at - 1) === '\n') ? FIRST : 0;
    best = Math.max(best, field - (begins ? 0 : INSIDE) + whole + first);
  }
  return best >= POINTS.name && names.includes(word) ? POINTS.exact : best;
}

/** `gpt54` for `gpt-5.4`. One or two letters may stand anywhere and say nothing. */
function joinedPoints(word: string, { joinedNames }: IndexEntry<Model>): number {
  if (word.length < 3) return 0;
  let best = 0;
  for (const name of joinedNames) {
    const at = name.indexOf(word);
    if (at === 0) return name.length === word.length ? POINTS.exact - 1 : POINTS.name - 1;
    if (at > 0) best = POINTS.insideJoined;
  }
  return best;
}

/** `claude4.5` for `claude-sonnet-4.5`: every piece begins a word, or is a typo of one. */
function piecesPoints(pieces: readonly Term[], entry: IndexEntry<Model>, position: number): number {
  let worst: number = pieces.length === 0 ? 0 : POINTS.pieces;
  for (const { text, near, candidates } of pieces) {
    if (candidates?.[position] === 0) return 0;
    const found = literalPoints(text, entry);
    worst = Math.min(worst, found >= POINTS.other ? POINTS.pieces : typoPoints(near, entry));
  }
  return worst;
}

/** The best word that is close to the one typed, by where it stands in the model. */
function typoPoints(near: readonly Near[], entry: IndexEntry<Model>): number {
  let best = 0;
  for (const { word, malus } of near) {
    const found = literalPoints(word, entry) || joinedPoints(word, entry);
    if (found > 0) best = Math.max(best, Math.max(0.1, (found / POINTS.exact) * (TYPO - 1) - malus));
  }
  return best;
}
