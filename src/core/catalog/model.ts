/**
 * What a model is: the vocabulary shared by the catalog, the client and the playground.
 */

/** What a model does. It decides the input form and the output view. */
export type Task =
  | 'text-generation'
  | 'text-to-image'
  | 'image-to-image'
  | 'text-to-video'
  | 'image-to-video'
  | 'video-to-video'
  | 'text-to-speech'
  | 'speech-recognition'
  | 'music-generation'
  | 'embeddings'
  | 'reranking'
  | 'translation'
  | 'summarization'
  | 'text-classification'
  | 'image-classification'
  | 'object-detection'
  | 'image-to-text'
  | 'turn-detection'
  | 'realtime'
  | 'other';

/** Who runs the model: Cloudflare's own GPUs (`@cf/…`), another provider behind the gateway, or the user (a Cog server). */
export type Hosting = 'hosted' | 'third-party' | 'own';

/** REST formats under `/ai/v1/*` that a catalog entry says it accepts (catalog field `request_formats`). */
export type RequestFormat = 'chat-completions' | 'responses' | 'anthropic-messages';

/** What a text model can do beyond plain text. Absent means unknown, not "cannot". */
export type Capability =
  | 'reasoning'
  | 'vision'
  | 'tools'
  | 'structured-output'
  | 'audio-input'
  | 'video-input'
  | 'file-input'
  | 'streaming'
  | 'lora'
  | 'batch';

/** One price as the source printed it. The label is free text: never compute with a label that was not understood. */
export interface PriceLabel {
  /** For example `per 1M input tokens` or `per second @720p`. */
  readonly label: string;
  /** USD for the unit that the label names. */
  readonly usd: number;
}

/** One callable model. An absent field means unknown. */
export interface Model {
  /** The id sent on the wire, for example `@cf/zai-org/glm-4.7-flash` or `openai/gpt-5.4-mini`. */
  readonly id: string;
  readonly provider: string;
  /** Name for people. */
  readonly name: string;
  readonly task: Task;
  readonly hosting: Hosting;
  /** Tokens of input and output together. */
  readonly contextWindow?: number;
  /** Most output tokens the model accepts to be asked for. */
  readonly maxOutputTokens?: number;
  readonly capabilities: readonly Capability[];
  readonly requestFormats: readonly RequestFormat[];
  /** Empty when no price is known. Unknown is not free. */
  readonly pricing: readonly PriceLabel[];
  /** In the source's own words. */
  readonly description?: string;
  readonly deprecated?: boolean;
  /** ISO date (`YYYY-MM-DD`): deprecated from then on. */
  readonly deprecationDate?: string;
  /** ISO date (`YYYY-MM-DD`): answers no more from then on. */
  readonly retirementDate?: string;
  /** Id of the model that takes its place. */
  readonly successor?: string;
  readonly zeroDataRetention?: boolean;
  /** `https:` address of the licence or terms. */
  readonly termsUrl?: string;
  /** Needs the Workers Paid plan or prepaid credits. */
  readonly requiresPaidPlan?: boolean;
  /** A remark of the source worth showing, in its own words. */
  readonly note?: string;
}
