/**
 * What a caller asks of the client: a model, messages, parameters, and where to send them.
 */
import type { CogProblem } from '../cog/server';
import type { Model } from '../catalog/model';
import type { JsonValue, ModelSchema } from '../catalog/schema';
import type { AttachmentRole, MediaBytes } from '../media/media';

/** One turn of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** How hard a reasoning model should think (OpenAI's `reasoning_effort` vocabulary). */
export type ReasoningEffort = 'low' | 'medium' | 'high';

/** Parameters of one column. An absent field is left to the model, except the output limit (see `limits.ts`). */
export interface RunParameters {
  readonly temperature?: number;
  readonly topP?: number;
  /** Tokens. Absent: the default of `limits.ts` is sent. */
  readonly maxOutputTokens?: number;
  /** Stop sequences. */
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly reasoningEffort?: ReasoningEffort;
  /** Image width in pixels. */
  readonly width?: number;
  /** Image height in pixels. */
  readonly height?: number;
  /** Diffusion steps. */
  readonly steps?: number;
  /** Fields of the model's own schema, by their name on the wire. Never one that the client fills in itself. */
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

/** Media that go into a call. */
export interface RequestMedia extends MediaBytes {
  /** Name for people. */
  readonly name: string;
  readonly role: AttachmentRole;
  /** Length of audio or video. */
  readonly seconds?: number;
}

/** `cf-aig-metadata` entries: flat, at most five (cloudflare-api.md 1.3). */
export type GatewayMetadata = Readonly<Record<string, string | number | boolean>>;

/** A server of the user's own (a Cog server): no credential, no gateway. */
export interface OwnEndpoint {
  readonly kind: 'own';
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** It may reach addresses of this machine, and so tell how far it is while it works. */
  readonly reachesHost: boolean;
  /** Asks for the schema once more, where it was not known when the request was planned: it is, once `setup()` is done. */
  readonly learn?: () => Promise<{ readonly schema: ModelSchema; readonly isStreaming: boolean } | undefined>;
  /** Why nothing may be sent: it is not running, and another program may have its port by now. */
  readonly problem?: CogProblem;
}

/** Where requests go and with which credential. Never leaves the host. */
export interface Endpoint {
  readonly kind?: never;
  /** v4 base, for example `https://api.cloudflare.com/client/v4`, without a trailing slash. */
  readonly baseUrl: string;
  readonly accountId: string;
  readonly token: string;
  readonly gatewayId: string;
  readonly metadata: GatewayMetadata;
}

/** Limits of patience. */
export interface CallPolicy {
  /** Seconds from sending to the first output. */
  readonly firstTokenTimeout: number;
  /** Seconds between two outputs. */
  readonly idleTimeout: number;
  /** Attempts in all, the first included; at least 1. */
  readonly maxAttempts: number;
}

/** One call to one model. */
export interface InferenceRequest {
  /** Ours; goes into the metadata when there is room, so that the gateway log can be found. */
  readonly runId: string;
  readonly model: Model;
  /** For tasks that do not chat the last user message is the prompt. */
  readonly messages: readonly Message[];
  readonly parameters: RunParameters;
  /** Texts to embed beside the prompt, or documents to rank. */
  readonly texts?: readonly string[];
  readonly media?: readonly RequestMedia[];
  /** The model's own schema, where it is known: it says where prompt, texts and media go. */
  readonly schema?: ModelSchema;
  readonly endpoint: Endpoint | OwnEndpoint;
  readonly policy: CallPolicy;
}

/** The credential of a request; a server of the user's own has none. */
export function tokenOf({ endpoint }: Pick<InferenceRequest, 'endpoint'>): string | undefined {
  return endpoint.kind === 'own' ? undefined : endpoint.token;
}
