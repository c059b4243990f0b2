/**
 * Cog's HTTP API: `POST /predictions` with `{input}`, answered whole or as server-sent events (Cog 0.22).
 */
import type { Answer } from '../answer';
import { readTaskAnswer } from '../answers/task-answer';
import { jsonAnswer } from '../answers/json-answer';
import type { MediaSource } from '../answers/media-sources';
import type { MediaBytes, MediaKind } from '../../media/media';
import { asObject, asText, type Json } from '../json';
import { mediaFields } from '../media-parts';
import type { AskedTask } from '../answers/context';
import { lastWords } from '../../cog/health';
import type { BodyInput, WireFormat } from './format';
import { promptText, systemText } from './messages';

export const cog: WireFormat = {
  path: () => 'predictions',

  body({ request, inputs, assigned }: BodyInput) {
    const { prompt, system } = inputs;
    const text = promptText(request.messages);
    const systemPrompt = systemText(request.messages);
    return {
      input: {
        ...(prompt !== undefined && (prompt.required || text.trim() !== '') && { [prompt.field]: text }),
        ...(system !== undefined && systemPrompt !== undefined && { [system]: systemPrompt }),
        ...mediaFields(assigned, request.media ?? []),
      },
    };
  },

  decoder: (answer, asked) => new CogDecoder(answer, asked),
};

/** Events: start, log, output, metric, completed; told apart by their fields. A whole answer is as `completed`. */
class CogDecoder {
  private streamed = false;
  /** Pieces of a stream that are no text. */
  private readonly pieces: unknown[] = [];
  /** All of them, where they are too many to be shown. */
  private allPieces: MediaBytes | undefined;

  constructor(
    private readonly answer: Answer,
    private readonly asked: AskedTask,
  ) {}

  event(chunk: Json): boolean {
    if ('chunk' in chunk) {
      this.streamed = true;
      this.piece(chunk['chunk']);
      return true;
    }
    if ('data' in chunk && 'source' in chunk) {
      this.answer.log(chunk['data']);
      return true;
    }
    if ('name' in chunk && 'value' in chunk) return true;
    if (!('status' in chunk)) return false;
    const isStart = !['succeeded', 'failed', 'canceled'].includes(String(chunk['status']));
    return isStart || this.end(chunk, false);
  }

  whole(body: Json): boolean {
    return 'status' in body && this.end(body, true);
  }

  private get isProse(): boolean {
    const { task } = this.asked;
    return task === 'text-generation' || task === 'image-to-text';
  }

  /** A piece of a stream: text, a file that is complete, or data, of which all pieces are shown. */
  private piece(value: unknown): void {
    const { answer } = this;
    if (typeof value === 'string' && fileKind(value, this.isProse) === undefined) {
      answer.text(value);
      return;
    }
    const { rest, files, isAll } = takeFiles(value, this.isProse);
    answer.media.push(...files);
    if (isAll) return;
    this.pieces.push(rest);
    const count = this.pieces.length;
    if (count <= ALL_SHOWN || count % ALL_SHOWN === 0) this.showPieces();
  }

  private showPieces(): void {
    const { result, file } = jsonAnswer(this.pieces.length === 1 ? this.pieces[0] : [...this.pieces]);
    this.answer.result(result);
    this.allPieces = file;
  }

  private end(body: Json, withLogs: boolean): boolean {
    const { answer } = this;
    if (withLogs) answer.log(body['logs']);
    if (this.pieces.length > ALL_SHOWN) this.showPieces();
    if (this.allPieces !== undefined) answer.file(this.allPieces);
    const seconds = asObject(body['metrics'])?.['predict_time'];
    if (typeof seconds === 'number' && seconds >= 0) answer.serverTime(seconds);
    switch (body['status']) {
      case 'succeeded':
        if (!this.streamed) this.output(body['output']);
        answer.finishReason ??= 'stop';
        answer.complete = true;
        return true;
      case 'canceled':
        answer.fail({ message: 'The prediction was cancelled at the server.' });
        return true;
      default:
        answer.fail({ message: reasonIn(body) });
        return true;
    }
  }

  /** What the model returned: its files, and the rest as its task answers, else as the JSON that it is. */
  private output(value: unknown): void {
    const { answer, asked, isProse } = this;
    const { rest, files, isAll } = takeFiles(value, isProse);
    answer.media.push(...files);
    if (isAll) return;
    const pieces = Array.isArray(rest) && rest.every((one) => typeof one === 'string') ? rest : undefined;
    if (isProse && (typeof rest === 'string' || pieces !== undefined)) {
      answer.text(typeof rest === 'string' ? rest : pieces?.join(''));
      return;
    }
    const isRead = files.length === 0 && readTaskAnswer(rest, isProse ? { ...asked, task: 'other' } : asked, answer);
    if (isRead) return;
    const { result, file } = jsonAnswer(rest ?? null);
    answer.result(result);
    if (file !== undefined) answer.file(file);
  }
}

/** More than any model makes in one call. */
const MOST_FILES = 20;
const DEEPEST = 4;

/** Pieces of a stream up to which each shows them all at once. */
const ALL_SHOWN = 100;

interface Taken {
  /** What is left, with a word for each file where it stood. */
  readonly rest: unknown;
  readonly files: readonly MediaSource[];
  /** A file, or files, and nothing beside. */
  readonly isAll: boolean;
}

/**
 * Cog gives files as data URIs, in whatever field the model likes; with `--upload-url` as addresses, which elsewhere may
 * be any link: in prose, beside other values, deep inside.
 */
function takeFiles(output: unknown, isProse: boolean): Taken {
  const files: MediaSource[] = [];
  let left = 0;
  const visit = (value: unknown, depth: number, isLink: boolean): unknown => {
    if (typeof value === 'string') {
      const kind = fileKind(value, isLink || depth > 1);
      if (kind === undefined) return value;
      if (files.length === MOST_FILES) {
        left += 1;
        return '(one more file, which was left out)';
      }
      files.push({ source: value, kind });
      return `(file ${files.length})`;
    }
    if (depth > DEEPEST || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const areFiles = value.every((one) => typeof one === 'string' && fileKind(one, false) !== undefined);
      return value.map((one) => visit(one, depth + 1, isLink || !areFiles));
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit(inner, depth + 1, isLink)]));
  };
  const rest = visit(output, 0, isProse);
  const parts: readonly unknown[] = Array.isArray(output) ? output : [output];
  const isFlat = parts.every((one) => typeof one === 'string');
  return { rest, files, isAll: isFlat && left === 0 && files.length > 0 && files.length === parts.length };
}

/** What a text is a file of; undefined: it is none. `isLink`: an address is a link here. */
function fileKind(text: string, isLink: boolean): MediaKind | undefined {
  const [, kind] = /^data:(?:(image|audio|video)\/)?[\w/+.-]*(?:;[\w=.-]+)*;base64,/.exec(text.slice(0, 200)) ?? [];
  if (kind !== undefined) return kind as MediaKind;
  if (/^data:[^,]{0,100};base64,/.test(text.slice(0, 200))) return 'file';
  const [, ending] = isLink ? [] : (/^https?:\/\/\S+?\.(\w{2,4})(?:\?\S*)?$/.exec(text.slice(0, 2000)) ?? []);
  return ending === undefined ? undefined : kindOfEnding.get(ending.toLowerCase());
}

const kindOfEnding: ReadonlyMap<string, MediaKind> = new Map([
  ...['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif'].map((ending) => [ending, 'image'] as const),
  ...['mp3', 'wav', 'ogg', 'flac', 'm4a', 'opus'].map((ending) => [ending, 'audio'] as const),
  ...['mp4', 'webm', 'mov'].map((ending) => [ending, 'video'] as const),
]);

/** Cog nests its words: `Prediction failed: Prediction failed: Generator iteration error: ValueError: …`. */
function reasonIn(body: Json): string {
  const said = asText(body['error']) ?? '';
  const plain = said.replace(/^(?:(?:Prediction failed|Generator iteration error): )+/, '');
  return plain === '' ? 'The model failed and did not say why.' : lastWords(plain);
}
