/**
 * Words of the views of answers that are neither prose nor media.
 */
import { formatCount } from '../src/core/run/format';

/** A plain plural: `1 word`, `2 words`. */
function count(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

export const resultStrings = {
  failed: 'This view could not be loaded. Reload the page to try again; the answer is kept.',
  showMore: (n: number) => `Show ${formatCount(n)} more`,
  showFewer: 'Show fewer',
  /** What `Copied …` says. */
  copied: { json: 'JSON' },

  transcript: {
    recording: (name: string) => `Recording: ${name}`,
    unplayable: 'This recording cannot be played here. The words and their times stand as the model gave them.',
    language: (language: string) => `Language: ${language}`,
    seconds: (seconds: string) => `${seconds} long`,
    words: (n: number) => count(n, 'word'),
    noTimes: 'No times of words',
    silent: 'No speech found: the transcript is empty.',
    saveSrt: 'SRT',
    saveVtt: 'VTT',
    saveSrtTitle: 'Save as SubRip subtitles',
    saveVttTitle: 'Save as WebVTT subtitles',
    noSubtitles: 'Subtitles need times, and this model gave none.',
    compare: 'Compare with',
    compareWith: (label: string, name: string) => `Column ${label}: ${name}`,
    nothingToCompare: 'No other column has a transcript.',
    asReference: 'Use as reference',
    asReferenceTitle: 'Counts word errors of all columns against this text, which you can correct beside the prompt',
    wordsLabel: 'Transcript. Arrow keys move from word to word, Enter goes there in the recording.',
    textLabel: 'Transcript',
    at: (seconds: string) => `at ${seconds}`,
    confidence: (percent: string) => `confidence ${percent}`,
    doubtful: (n: number, percent: string) => `${count(n, 'word')} below ${percent} confidence underlined`,
    doubtfulWord: (word: string, percent: string) => `${word}, confidence ${percent}`,
    filename: 'transcript',
  },

  wordError: {
    title: 'Word error rate',
    rate: (percent: string) => percent,
    counts: (substitutions: number, deletions: number, insertions: number, words: number) =>
      `${substitutions} wrong, ${deletions} missing, ${insertions} extra; reference ${count(words, 'word')}`,
    about: 'Words wrong, missing or extra ÷ words of the reference. Case and punctuation do not count.',
    tooLong: 'Texts of more than 5,000 words are not compared.',
    noReference: 'The reference has no words.',
  },

  diff: {
    title: (label: string, name: string) => `Against column ${label}: ${name}`,
    only: (own: number, other: number, label: string) =>
      own + other === 0
        ? 'The same words.'
        : `${count(own, 'word')} only here, ${count(other, 'word')} only in column ${label}.`,
    here: 'only here',
    there: (label: string) => `only in ${label}`,
    close: 'Close the comparison',
    gone: 'That column has no transcript any more.',
  },

  embeddings: {
    facts: (dimensions: number, vectors: number) => `${count(dimensions, 'dimension')} · ${count(vectors, 'vector')}`,
    none: 'The answer holds no vectors.',
    single: 'One vector has nothing to be compared with. Add texts to see how alike they are.',
    list: 'Similarity to the text chosen',
    listAbout: 'Choose a text to see how alike the others are to it.',
    heat: 'Similarity of every pair',
    heatLabel: (texts: number) =>
      `Heat map of the similarity of ${count(texts, 'text')}. Arrow keys move from pair to pair; the table below holds all numbers.`,
    pair: (row: number, column: number, cosine: string) => `${row} and ${column}: ${cosine}`,
    hint: 'Point at a cell, or focus the map and use the arrow keys',
    table: 'All numbers as a table',
    tableCaption: 'Cosine similarity of every pair',
    plane: 'In the plane',
    planeAbout: (percent: string) => `Principal components 1 and 2 show ${percent} of the spread`,
    planeLabel: (texts: number, percent: string) =>
      `Places of ${count(texts, 'text')} in the plane of the first two principal components, which shows ${percent} of the spread`,
    place: (numbers: string, x: string, y: string) => `${numbers}: ${x}, ${y}`,
    number: 'No.',
    text: 'Text',
    x: 'PC 1',
    y: 'PC 2',
    untitled: (n: number) => `Text ${n}`,
  },

  ranking: {
    none: 'The answer ranks no documents.',
    label: 'Documents, the most relevant first',
    missing: (n: number) => `Document ${n}`,
    document: (n: number) => `document ${n}`,
    score: (score: string) => `Score ${score}`,
    against: (label: string, name: string) => `Marks show places moved against column ${label}: ${name}`,
    up: (n: number, label: string) => `${count(n, 'place')} higher than in column ${label}`,
    down: (n: number, label: string) => `${count(n, 'place')} lower than in column ${label}`,
    same: (label: string) => `same place as in column ${label}`,
    absent: (label: string) => `not ranked in column ${label}`,
    whole: 'Show all of it',
    less: 'Show less',
  },

  labels: {
    none: 'The model gave no label.',
    label: 'Labels, the most likely first',
  },

  boxes: {
    none: 'The model found nothing in the picture.',
    picture: (name: string, things: number) => `${name} with ${count(things, 'box', 'boxes')}`,
    list: 'Things found, the surest first',
    threshold: 'Score at least',
    shown: (shown: number, all: number) =>
      shown === all ? `${count(all, 'thing')} found` : `${shown} of ${count(all, 'thing')} shown`,
    noPicture: 'The picture is no longer here; boxes in its pixels:',
    broken: 'The picture cannot be shown here; boxes in its pixels:',
    below: 'Nothing has a score this high.',
    place: (x: number, y: number, width: number, height: number) => `${width} × ${height} px at ${x}, ${y}`,
  },

  turn: {
    complete: 'The speaker has finished',
    incomplete: 'The speaker goes on',
    probability: (percent: string) => `Probability that the turn is complete: ${percent}`,
    unknown: 'The model gave no probability.',
  },

  json: {
    copy: 'Copy JSON',
    save: 'Save',
    filename: 'answer.json',
    empty: 'The answer is empty.',
    items: (n: number) => count(n, 'item'),
    fields: (n: number) => count(n, 'field'),
    open: (name: string) => `${name}: show`,
    moreCharacters: (n: number) => `Show ${formatCount(n)} more characters`,
    root: 'Answer',
    label: 'Answer as JSON',
  },
} as const;
