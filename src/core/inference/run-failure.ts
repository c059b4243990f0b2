/**
 * A failure on its way up within the client. It never leaves it: the run ends with a `failed` event instead.
 */
import type { InferenceError } from './error';

/** Carries an `InferenceError` through a throw. */
export class RunFailure extends Error {
  constructor(readonly error: InferenceError) {
    super(error.message);
  }
}
