/**
 * What a call used, or is expected to use, as far as it is known.
 */
import type { Model } from '../catalog/model';
import { isHeard, mediaMadeBy } from '../catalog/task-media';
import type { MediaPlaceholder } from '../inference/placeholder';
import type { RunParameters } from '../inference/request';
import {
  askedPictures,
  askedSeconds,
  askedSize,
  charactersOf,
  inputOf,
  spokenText,
  type ModelInput,
  type Quantity,
} from './asked';
import type { FileToSend } from './image-tokens';
import { heardSeconds, secondsOf } from './media-metrics';
import type { RunState } from './state';
import { mayHideReasoning, tokensOf } from './tokens';

/** Tokens of a call. An absent count is unknown. */
export interface BilledTokens {
  /** All input, cached parts included. */
  readonly input?: number;
  /** All output, reasoning included. */
  readonly output?: number;
  readonly cachedRead: number;
  readonly cacheWrite: number;
  readonly reasoning?: number;
  /** The part of the input that pictures are. */
  readonly inputImage?: number;
  /** The part of the output that pictures are. */
  readonly outputImage?: number;
  readonly exact: boolean;
  /** Why a count is unknown, one sentence. */
  readonly why: string;
  /** Why there is more input than `input` says, one sentence. */
  readonly uncounted?: string;
}

/** Pixels; absent when the picture could not be measured. */
export interface PictureSize {
  readonly width?: number;
  readonly height?: number;
}

/** What is billed. A string is one sentence telling why it is not known. */
export interface Consumption {
  readonly input: ModelInput;
  readonly isWebSocket: boolean;
  readonly tokens: BilledTokens;
  /** The run did not end well, so that of flat prices none is sure to be due: why. */
  readonly unsure?: string;
  /** The pictures made. */
  readonly pictures: readonly PictureSize[] | string;
  /** Pixels of the video made, where they are known. */
  readonly videoSize?: PictureSize;
  /** How many videos were made; 1 before any is. */
  readonly videos: number;
  /** Of all of them together. */
  readonly videoSeconds: Quantity | string;
  readonly audioSeconds: Quantity | string;
  readonly characters: Quantity | string;
}

/** What a call not yet made is expected to use. */
export interface ExpectedUse {
  /** Of the texts, or all that the server has told. */
  readonly inputTokens: number;
  /** Tokens of the files on top of these, or why they are not known; absent: none, or they are among the others. */
  readonly fileTokens?: number | string;
  readonly outputTokens: number;
  /** Unicode code points of the text, for models that speak it. */
  readonly characters: number;
  readonly parameters: RunParameters;
  /** What goes along. */
  readonly files?: readonly FileToSend[];
}

/** Reads what a run used. Only a run that ended well is sure to have been served in full. */
export function consumptionOf(state: RunState, model: Model): Consumption {
  const body = state.request?.body ?? {};
  const input = inputOf(body);
  const tokens = billedTokens(state, model);
  const shared = { input, isWebSocket: /^wss?:/.test(state.request?.url ?? ''), tokens };
  if (state.status !== 'done') {
    const why = `The run ${state.status === 'failed' ? 'failed' : 'was stopped'} before its ${productOf(model)} arrived.`;
    return { ...shared, unsure: why, pictures: why, videos: 1, videoSeconds: why, audioSeconds: why, characters: why };
  }
  const videos = state.media.filter(({ kind }) => kind === 'video');
  const [size] = videos;
  const asked = askedSeconds(input);
  return {
    ...shared,
    pictures: picturesOf(state),
    ...(size && { videoSize: size }),
    videos: Math.max(1, videos.length),
    videoSeconds:
      exactly(asked === undefined ? undefined : asked * Math.max(1, videos.length)) ??
      measured(state) ??
      'The length of the video is not known.',
    audioSeconds: audioOf(state, model, input) ?? 'The length of the audio is not known.',
    characters: charactersBilled(state) ?? 'The number of characters is not known.',
  };
}

function picturesOf({ media }: RunState): readonly PictureSize[] | string {
  const pictures = media.filter(({ kind }) => kind === 'image');
  return pictures.length > 0 ? pictures : 'The answer held no picture.';
}

/** Sound that was heard is as long as the answer says, else as the file sent; sound that was made, as was asked for. */
function audioOf(state: RunState, { task }: Model, input: ModelInput): Quantity | undefined {
  const told = exactly(state.usage?.audioSeconds);
  if (told !== undefined) return told;
  const heard = heardSeconds(state, task);
  if (isHeard(task)) return estimated(heard);
  return exactly(askedSeconds(input)) ?? measured(state);
}

function charactersBilled({ usage, request }: RunState): Quantity | undefined {
  const text = request && spokenText(request.body);
  return exactly(usage?.characters) ?? (text === undefined ? undefined : charactersOf(text));
}

/** No model makes more pictures in one call. A number that was typed must not decide over our memory. */
const MOST_PICTURES = 1000;

/** What a call with these parameters is expected to use: pictures of 1024 × 1024 unless a size is asked for. */
export function expectedConsumption(model: Model, use: ExpectedUse): Consumption {
  const { width, height, steps, extra } = use.parameters;
  const { files = [], fileTokens } = use;
  const input: ModelInput = {
    ...extra,
    ...(files.length > 0 && { files: files.map(toPlaceholder) }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(steps !== undefined && { steps }),
  };
  const seconds = exactly(askedSeconds(input));
  const size = askedSize(input) ?? { width: 1024, height: 1024 };
  const count = askedPictures(input);
  return {
    input,
    isWebSocket: false,
    tokens: {
      input: use.inputTokens + (typeof fileTokens === 'number' ? fileTokens : 0),
      ...(typeof fileTokens === 'number' && { inputImage: fileTokens }),
      ...(typeof fileTokens === 'string' && { uncounted: fileTokens }),
      ...(mediaMadeBy(model.task) === undefined && { output: use.outputTokens }),
      cachedRead: 0,
      cacheWrite: 0,
      exact: false,
      why: `How many tokens the ${productOf(model)} takes is not known before it is made.`,
    },
    pictures:
      count > MOST_PICTURES
        ? 'More pictures are asked for than a model makes in one call.'
        : Array.from({ length: count }, () => size),
    videos: 1,
    videoSeconds: seconds ?? 'The length of the video is left to the model.',
    audioSeconds:
      (isHeard(model.task) ? estimated(secondsOf(files)) : seconds) ??
      'The length of the audio is not known before the call.',
    characters: { count: use.characters, exact: false },
  };
}

/** A file as bodies have it. */
function toPlaceholder({ kind, width, height, seconds }: FileToSend, index: number): MediaPlaceholder {
  return {
    $media: {
      index,
      encoding: 'bytes',
      kind,
      mediaType: '',
      byteLength: 0,
      name: '',
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(seconds !== undefined && { seconds }),
    },
  };
}

function exactly(count: number | undefined): Quantity | undefined {
  return count === undefined ? undefined : { count, exact: true };
}

function estimated(count: number | undefined): Quantity | undefined {
  return count === undefined ? undefined : { count, exact: false };
}

/** The length of the files of an answer. What is billed may be rounded another way. */
function measured({ media }: RunState): Quantity | undefined {
  return estimated(secondsOf(media));
}

function billedTokens(state: RunState, model: Model): BilledTokens {
  const { input, output, cachedRead = 0, cacheWrite = 0, reasoning, approximate } = tokensOf(state, model);
  const { usage } = state;
  const shared = {
    cachedRead,
    cacheWrite,
    ...(reasoning !== undefined && { reasoning }),
    ...(usage?.inputImageTokens !== undefined && { inputImage: usage.inputImageTokens }),
    ...(usage?.outputImageTokens !== undefined && { outputImage: usage.outputImageTokens }),
    exact: !approximate,
    why: whyNoUsage(state, model),
  };
  // Our own count of an answer that broke off says nothing of what the server billed.
  if (approximate && state.status !== 'done') {
    return { ...shared, exact: true, ...(usage?.inputTokens !== undefined && { input: usage.inputTokens }) };
  }
  return { ...shared, ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

function whyNoUsage(state: RunState, model: Model): string {
  if (state.status === 'stopped') return 'The run was stopped before its usage arrived.';
  if (state.status === 'failed') return 'The run failed before its usage arrived.';
  if (mayHideReasoning(state, model)) return 'The answer carried no usage, and its reasoning cannot be counted.';
  return 'The answer carried no usage.';
}

/** What the model makes, in one word. */
function productOf({ task }: Model): string {
  const made = mediaMadeBy(task);
  return made === 'image' ? 'picture' : (made ?? 'answer');
}
