/**
 * Words of the media players and of blind comparisons.
 */
import type { MediaKind } from '../src/core/media/media';
import type { Vote } from '../src/protocol/api';

const kindWords: Readonly<Record<MediaKind, string>> = {
  image: 'picture',
  audio: 'sound',
  video: 'video',
  file: 'file',
};

const verdicts: Readonly<Record<Vote['verdict'], string>> = {
  won: 'Your choice',
  lost: 'Not chosen',
  tie: 'Tie',
  bad: 'No answer was good',
};

export const mediaStrings = {
  loadFailed: 'This part of the page could not be loaded. Reload the page.',

  actions: {
    save: (kind: MediaKind) => `Save the ${kindWords[kind]}`,
    open: (kind: MediaKind) => `Open the ${kindWords[kind]} outside`,
    use: (kind: MediaKind) => `Use the ${kindWords[kind]} as input`,
    zoom: 'Enlarge',
    swipe: 'Compare with another column',
  },

  arriving: {
    image: 'A picture is being made.',
    video: 'A video is being made.',
    audio: 'Sound is being made.',
  },

  image: {
    broken: (type: string) =>
      `This picture (${type}) cannot be shown here: it is damaged, or of a kind that this browser does not know.`,
  },

  zoom: {
    title: 'Picture',
    fit: 'Fit',
    actual: '100 %',
    closer: 'Larger',
    farther: 'Smaller',
    hint: 'Drag or arrow keys move, + and − enlarge and shrink, 0 fits, 1 shows every pixel.',
    region: 'Enlarged picture',
    level: (percent: number) => `${percent} %`,
  },

  swipe: {
    title: 'Compare pictures',
    with: 'Compare with',
    slider: (left: string, right: string) => `Line between ${left} and ${right}`,
    share: (left: string, percent: number) => `${left}: ${percent} %`,
    nth: (label: string, n: number) => `${label} ${n}`,
    hint: 'Drag the line, or use the arrow keys.',
    gone: 'Pictures that cannot be shown cannot be compared.',
  },

  player: {
    audioName: (label: string) => `Sound of column ${label}`,
    videoName: (label: string) => `Video of column ${label}`,
    wave: 'Waveform',
    unplayable: (what: MediaKind, type: string) =>
      `This browser cannot play this ${kindWords[what]} (${type}). Open it outside, or save it.`,
    switch: (one: string, other: string) => `Switch between ${one} and ${other} at the same place`,
  },

  together: {
    label: 'Play all columns together',
    play: 'Play all',
    pause: 'Pause all',
    restart: 'Back to the start',
    place: 'Place in all players',
    count: (n: number) => `${n} players`,
  },

  blind: {
    label: 'Blind',
    hint: 'Names, prices and figures are hidden from Run until you vote, and the columns are shuffled.',
    bar: 'Which answer is the best?',
    waiting: 'Names and figures are hidden. You can vote when all answers are there.',
    tie: 'Tie',
    bad: 'All bad',
    vote: (label: string) => `Answer ${label} is the best`,
    comment: 'Comment (optional)',
    verdicts,
    figuresHidden: 'Figures are hidden until you vote.',
  },
} as const;
