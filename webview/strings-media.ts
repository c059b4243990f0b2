/**
 * Words of pictures, sound and video that models made.
 */
import type { MediaKind } from '../src/core/media/media';

const kindWords: Readonly<Record<MediaKind, string>> = {
  image: 'picture',
  audio: 'sound',
  video: 'video',
  file: 'file',
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
    unplayable: (what: MediaKind, type: string) =>
      `This browser cannot play this ${kindWords[what]} (${type}). Open it outside, or save it.`,
    cut: (what: MediaKind, place: string) =>
      `This ${kindWords[what]} ends at ${place} or is damaged there. Open it outside, or save it.`,
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
} as const;
