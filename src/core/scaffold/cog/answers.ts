/**
 * What a new Cog project is made from.
 */

/** The templates, as in the argument of the command. */
export type CogTemplateId =
  | 'minimal'
  | 'llm-streaming'
  | 'text-to-image'
  | 'image-to-labels'
  | 'embeddings'
  | 'concurrent'
  | 'predictor'
  | 'adopt';

/** Optional parts: a test, a Worker that calls the model by an id kept in a variable, a Containers deployment (CPU only). */
export type CogExtra = 'tests' | 'worker' | 'containers';

/**
 * How the class is spelled: `runner` (`run:`, `BaseRunner`, `@streaming`; Cog from 0.21) or `predictor` (`predict:`,
 * `BasePredictor`; every Cog).
 */
export type CogSpelling = 'runner' | 'predictor';

/** Everything that a new Cog project needs to be known. */
export interface CogAnswers {
  /** Name of the folder and of the image. */
  readonly name: string;
  readonly template: CogTemplateId;
  readonly spelling: CogSpelling;
  readonly extras: readonly CogExtra[];
  /** Of `adopt`: the file that is wrapped, relative to the project, with forward slashes. */
  readonly file?: string;
}
