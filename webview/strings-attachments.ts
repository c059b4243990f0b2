/**
 * The words of attachments: chips, problems, and the dialogs that make or change files.
 */
import { MAX_ATTACHMENTS, MAX_TEXTS } from '../src/core/media/limits';
import type { AttachmentRole } from '../src/core/media/media';
import { inputStrings, listWords, sentence } from './strings-inputs';
import type { MediaKind } from '../src/core/media/media';

const kindWords = inputStrings.kinds;

export const attachmentStrings = {
  list: 'Attachments',
  place: (place: number, of: number) => `Attachment ${place} of ${of}.`,
  chipKeys: 'Click to look at it. Alt+← and Alt+→ move it, Delete removes it.',
  remove: (name: string) => `Remove ${name}`,
  more: (name: string) => `More for ${name}`,
  cancel: (name: string) => `Cancel ${name}`,
  sending: (name: string) => `Attaching ${name}`,
  unused: 'not used',
  unusedBy: (title: string, role: AttachmentRole) =>
    role === 'input' ? `${title} takes no such file: it is not sent.` : `${title} has no place for it: it is not sent.`,
  maskSize: 'other size than the picture',
  maskSizeTitle: 'The mask does not have the size of the picture. Paint it again on the picture that is attached now.',
  pixels: (width: number, height: number) => `${width} × ${height}`,
  roles: { input: 'input', mask: 'mask', 'end-frame': 'end frame' } satisfies Record<AttachmentRole, string>,
  /** Where a video begins and ends. */
  startFrame: 'first frame',
  reference: 'picture',
  role: (name: string, role: string) => `${name} is used as: ${role}`,
  roleMenu: 'Used as',
  look: 'Look at it',
  scale: 'Scale down…',
  mask: 'Paint mask…',
  earlier: 'Move to the left',
  later: 'Move to the right',
  dismiss: (name: string) => `Dismiss the problem with ${name}`,

  empty: (name: string) => `${name} is empty. Choose another file.`,
  folder: (name: string) => `${name} is a folder. Attach the files in it.`,
  unreadable: (name: string) => `${name} could not be read. Check that it is still there, then attach it again.`,
  tooLarge: (name: string, size: string, kind: MediaKind | undefined, most: string) =>
    `${name} has ${size}; ${kind === undefined ? 'files' : kindWords[kind][1]} can have ${most} at most. Attach a smaller one.`,
  tooMany: (name: string) => `${name} was not attached: ${MAX_ATTACHMENTS} files are the most. Remove one first.`,
  notTaken: (name: string, kind: MediaKind, title: string, takes: readonly MediaKind[]) =>
    takes.length === 0
      ? `${name} was not attached: ${title} takes no files.`
      : `${name} is ${kindWords[kind][0]}; ${title} takes ${listWords(takes.map((taken) => kindWords[taken][1]))}.`,
  noFiles: (name: string, title: string) => `${name} was not attached: ${title} takes no files.`,
  noHost: (name: string) =>
    `${name} was not attached: the playground host cannot be reached. Try again once it is back.`,
  refused: (name: string, why: string) => `${name}: ${why}`,
  uploadStatus: (status: number) => `The playground host answered ${status} to the upload. Try again.`,
  uploadLost: 'The upload broke off: the playground host cannot be reached. Try again once it is back.',
  pickedNothing: 'The choice of files',

  address: {
    title: 'Attach from an address',
    label: 'Address of the file',
    placeholder: 'https://…',
    about: 'The playground host fetches it once and keeps a copy. Addresses that begin with data: work too.',
    attach: 'Attach',
    fetching: 'Fetching…',
    close: 'Close',
    empty: 'Type the address of a file.',
    notHttps: 'The address must begin with https: or data:.',
    badData: 'This data: address cannot be decoded. Copy it again, from its data: to its end.',
  },

  preview: {
    title: (name: string) => name,
    close: 'Close',
    noPreview: 'There is no preview of this kind of file.',
    failed: 'This browser cannot show the file. It is attached all the same.',
    video: 'Video',
    audio: 'Recording',
  },

  scaling: {
    title: (name: string) => `Scale down ${name}`,
    close: 'Close',
    longSide: 'Long side',
    width: 'Width',
    height: 'Height',
    now: 'Now',
    after: 'After',
    pixels: 'Pixels',
    bytes: 'Size',
    tokens: (model: string) => `${model}: tokens, about`,
    saved: (tokens: string) => `${tokens} fewer`,
    same: 'none saved',
    unknown: '–',
    unknownTitle: 'How this model counts pictures is not known.',
    notSmaller: 'Choose a size smaller than the picture.',
    working: 'Computing…',
    failed: 'The picture cannot be decoded here, so it cannot be scaled.',
    use: 'Use the smaller picture',
  },

  masking: {
    title: (name: string) => `Paint a mask on ${name}`,
    about: 'Paint what is to be made anew.',
    close: 'Close',
    canvas: 'Picture to paint on. Arrow keys move the brush, Space paints, Shift and an arrow key paint a line.',
    brush: 'Brush',
    eraser: 'Eraser',
    size: 'Brush size',
    undo: 'Undo',
    clear: 'Clear',
    invert: 'Invert',
    rectangle: 'Rectangle, in pixels',
    x: 'Left',
    y: 'Top',
    width: 'Width',
    height: 'Height',
    fill: 'Paint rectangle',
    erase: 'Erase rectangle',
    use: 'Use the mask',
    working: 'Making the mask…',
    empty: 'Nothing is painted yet.',
    failed: 'The picture cannot be decoded here, so nothing can be painted on it.',
    name: (name: string) => `Mask of ${name.replace(/\.[a-z0-9]{2,5}$/i, '')}.png`,
    at: (x: number, y: number) => `Brush at ${x}, ${y}`,
  },

  recording: {
    title: 'Record sound',
    close: 'Close',
    start: 'Record',
    pause: 'Pause',
    resume: 'Go on',
    stop: 'Stop',
    again: 'Record again',
    use: 'Use the recording',
    level: 'Level',
    elapsed: 'Recorded',
    listen: 'Your recording',
    asking: 'Waiting for leave to use the microphone…',
    converting: 'Converting…',
    about: 'Kept as WAV: 16 kHz, mono.',
    full: 'The longest recording is reached.',
    nothing: 'Nothing was recorded. Try again.',
    silent: 'Only silence was recorded. Check which microphone is chosen.',
    name: (when: string) => `Recording ${when}.wav`,
    denied:
      'The browser refuses the microphone. Allow it for this page in the address bar and record again, or attach a file.',
    deniedInEditor:
      'VS Code did not give this page the microphone; on the desktop it never does. Record in the browser playground (npm start), or record elsewhere and attach the file.',
    missing: 'No microphone was found. Plug one in and record again, or attach a file.',
    busy: 'The microphone cannot be opened; another program may be using it. Close that and record again, or attach a file.',
    unsupported: 'This page cannot record sound. Record elsewhere and attach the file.',
    unreadable: 'The browser could not decode what it recorded. Record again, or attach a file.',
  },

  texts: {
    list: { embeddings: 'More texts', reranking: 'Documents' },
    item: {
      embeddings: (place: number) => `Text ${place + 1}`,
      reranking: (place: number) => `Document ${place}`,
    },
    placeholder: { embeddings: 'A text to embed…', reranking: 'A document to rank…' },
    add: { embeddings: 'Add a text', reranking: 'Add a document' },
    remove: (item: string) => `Remove ${item}`,
    count: {
      embeddings: (n: number) => `${n} of ${MAX_TEXTS} texts`,
      reranking: (n: number) => `${n} of ${MAX_TEXTS - 1} documents`,
    },
    lines: (n: number) => `Pasted ${n} lines.`,
    split: 'One field for each line',
    leftOut: (n: number) => `${n} lines had no room.`,
  },
} as const;

/** `File` for people where its name is empty. */
export function nameOr(name: string, kind: MediaKind | undefined): string {
  return name === '' ? sentence(kind === undefined ? 'a file' : kindWords[kind][0]) : name;
}
