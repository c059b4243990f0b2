/**
 * What a model can be given: the one answer that the request builder, the host's checks and the composer share.
 */
import type { MediaEncoding } from '../inference/placeholder';
import type { AttachmentRole, MediaKind } from '../media/media';
import { capabilityOf, chatPlaces } from './inputs-chat';
import { familyInputs } from './inputs-family';
import { ownInputs } from './inputs-own';
import { schemaInputs } from './inputs-schema';
import type { Model } from './model';
import type { ModelSchema } from './schema';
import { taskInputs } from './task-inputs';

/** A place for media in a model's request. */
export interface MediaSlot {
  /** Field of the model's input; `messages` where media are parts of the conversation. */
  readonly field: string;
  readonly kind: MediaKind;
  readonly role: AttachmentRole;
  /** Fewest and most media that may stand here. */
  readonly least: number;
  readonly most: number;
  readonly encoding: MediaEncoding;
  /** The value is a list even when one is sent. */
  readonly isList: boolean;
  /** The value is an object with this key: `url` where pictures are `{url}`. */
  readonly inObject?: string;
  /** The catalog or the schema says that the model takes it. False: its format has a place, nothing more is known. */
  readonly confirmed: boolean;
}

/** A place for text. */
export interface TextSlot {
  readonly field: string;
  readonly required: boolean;
  /** UTF-16 units. */
  readonly maxLength?: number;
  /**
   * How the text is wrapped; absent: not at all. `parts`: `[{type: 'text', text}]`, `messages`: turns of a chat,
   * `contents`: Gemini's turns.
   */
  readonly shape?: 'parts' | 'messages' | 'contents';
}

/** Everything a model can be given beside parameters. */
export interface ModelInputs {
  /** Absent: the model takes no prompt. */
  readonly prompt?: TextSlot;
  /** Field of a system prompt, where it is a field of its own (a Cog server). */
  readonly system?: string;
  /** Several texts: what is embedded, or the documents that are ranked. `objects`: each is `{text}`. */
  readonly texts?: TextSlot & { readonly as: 'strings' | 'objects' };
  /** In the order in which attachments fill them. */
  readonly media: readonly MediaSlot[];
  /** `form`: multipart/form-data. `bytes`: the one file is the body, parameters go into the address. */
  readonly body: 'json' | 'form' | 'bytes';
}

/** What the model takes: by its schema where there is one, else by what its family and task are known to take. Never throws. */
export function inputsOf(model: Model, schema?: ModelSchema): ModelInputs {
  if (model.hosting === 'own') {
    const { media, ...texts } = ownInputs(schema);
    return { ...texts, media: media.map((one) => ({ ...one, confirmed: true })), body: 'json' };
  }
  if (model.task === 'text-generation') return chatInputs(model, schema);
  const told = schemaInputs(model, schema);
  if (told === undefined) {
    const { known, media, ...family } = familyInputs(model);
    return { ...family, media: media.map((one) => ({ ...one, confirmed: known || one.least > 0 })) };
  }
  const { names: _, prompt, media, ...rest } = told;
  // Schemas of several request shapes require nothing; a task that is about text alone does.
  const isTextAlone = media.length === 0 && taskInputs(model.task).prompt === 'required';
  return {
    ...rest,
    ...(prompt && { prompt: { ...prompt, required: prompt.required || isTextAlone } }),
    media: media.map((one) => ({ ...one, confirmed: true })),
  };
}

function chatInputs(model: Model, schema: ModelSchema | undefined): ModelInputs {
  const { field, media } = chatPlaces(model, schema);
  return {
    prompt: { field, required: true },
    media: media.map((one) => ({
      ...one,
      confirmed: one.field !== field || model.capabilities.includes(capabilityOf[one.kind]),
    })),
    body: 'json',
  };
}

/** Words for the prompt that a model may use for something else. */
const promptWords = ['prompt', 'text', 'instructions'];

/**
 * Words for the prompt that are parameters of this model, because its prompt stands in another field: a `prompt` that
 * says how `text` is spoken.
 */
export function freeWords(model: Model, schema: ModelSchema | undefined): ReadonlySet<string> {
  if (model.hosting === 'own') return new Set(promptWords);
  const told = model.task === 'text-generation' ? undefined : schemaInputs(model, schema);
  return new Set(promptWords.filter((word) => told?.names.has(word) === true && told.prompt?.field !== word));
}

/** Fields that prompt, texts and media fill. */
export function slotFields({ prompt, system, texts, media }: ModelInputs): ReadonlySet<string> {
  const fields = [prompt?.field, system, texts?.field, ...media.map(({ field }) => field)];
  return new Set(fields.filter((field) => field !== undefined));
}
