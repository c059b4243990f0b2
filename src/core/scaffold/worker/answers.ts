/**
 * What a new Worker project is made from.
 */
import type { Task } from '../../catalog/model';
import type { JsonValue } from '../../catalog/schema';
import type { GatewayMetadata } from '../../inference/request';
import type { ConfigFormat } from '../wrangler/ai-edit';

/** A model that goes into code. */
export interface ChosenModel {
  readonly id: string;
  readonly task: Task;
  readonly hosting: 'hosted' | 'third-party';
  /**
   * Fields of the input of `env.AI.run` beside prompt, media and `stream`, by their names in the binding; for example
   * `{ max_tokens: 1024, temperature: 0.2 }`.
   */
  readonly input: Readonly<Record<string, JsonValue>>;
}

/** Optional parts of a project. */
export type WorkerExtra = 'tests' | 'offline';

/** Programs that install packages (scaffolding.md 1.7). */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Everything that a new Worker project needs to be known. */
export interface WorkerAnswers {
  /** Name of the Worker and of its folder. */
  readonly name: string;
  readonly template: WorkerTemplateId;
  /** In the order in which they are tried; the template picks by task. */
  readonly models: readonly ChosenModel[];
  readonly gatewayId: string;
  /** Sent with each call, at most five entries. */
  readonly metadata: GatewayMetadata;
  readonly binding: string;
  readonly extras: readonly WorkerExtra[];
  readonly format: ConfigFormat;
  readonly packageManager: PackageManager;
  /** Never later than what the installed runtime knows; `YYYY-MM-DD`. */
  readonly compatibilityDate: string;
}

/** The templates, as in the argument of the command. */
export type WorkerTemplateId =
  | 'streaming-chat'
  | 'ai-sdk-chat'
  | 'multi-provider'
  | 'image-generation'
  | 'structured-output'
  | 'embeddings-search'
  | 'speech'
  | 'custom-model';
