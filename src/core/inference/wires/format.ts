/**
 * What every wire format supplies: where a request goes, what it says, and how its answers are read.
 */
import type { Assignment } from '../../catalog/assign-media';
import type { ModelInputs } from '../../catalog/inputs';
import type { Answer } from '../answer';
import type { AskedTask } from '../answers/context';
import type { Json } from '../json';
import type { ParameterReader } from '../parameters';
import type { InferenceRequest } from '../request';

/** What a body is made from. */
export interface BodyInput {
  readonly request: InferenceRequest;
  /** Where the model wants texts and media. */
  readonly inputs: ModelInputs;
  /** Which of the call's media go where. */
  readonly assigned: Assignment;
  /** Where the user's parameters come from; one that is not taken is reported as unsupported. */
  readonly parameters: ParameterReader;
  /** The output limit: field and tokens. */
  readonly limit: { readonly field: string; readonly tokens: number };
}

/** Reads one answer. May keep state, so each answer has its own. */
export interface Decoder {
  /** Takes one stream event. False: not of this format, nothing was read from it. */
  event(chunk: Json): boolean;
  /** Takes a complete answer that was not streamed, its envelopes removed. False: not of this format. */
  whole(body: Json): boolean;
}

/** One wire format. */
export interface WireFormat {
  /** Path under `/accounts/{id}/`, not yet encoded. */
  path(modelId: string): string;
  body(input: BodyInput): Record<string, unknown>;
  decoder(answer: Answer, asked: AskedTask): Decoder;
}
