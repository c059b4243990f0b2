/**
 * Which steps of a run are worth a word to those who listen.
 */
import type { RunState } from '../../src/core/run/state';
import { strings } from '../strings';
import { metricStrings } from '../strings-metrics';

/** Who an announcement is about. */
export interface Subject {
  /** Letter of the column. */
  readonly label: string;
  /** Name of the model. */
  readonly model: string;
  /** Nothing may tell which model it is: what the server said might. */
  readonly hidden?: boolean;
  /** One sentence about a finished run. */
  summary(state: RunState): string;
}

/** What to say about the step from one drawn state to the next, if anything. */
export function announcementOf(before: RunState, after: RunState, subject: Subject): string | undefined {
  const { announce, failure } = strings;
  const { label } = subject;
  if (before.status !== after.status) {
    switch (after.status) {
      case 'done':
        return announce.done(label, subject.summary(after));
      case 'failed': {
        const { error } = after;
        const cause = error ? failure[error.reason] : '';
        return announce.failed(label, subject.model, error && !subject.hidden ? `${cause}. ${error.message}` : cause);
      }
      case 'stopped':
        return announce.stopped(label);
    }
  }
  if (before.retryAt === undefined && after.retryAt !== undefined) {
    const cause = after.retries.at(-1)?.error.reason;
    return announce.retrying(label, cause ? failure[cause] : '');
  }
  // A file takes a while to come: that the model is done is worth a word, and so is the first of several pictures.
  if (before.progress === undefined && after.progress !== undefined && before.media.length === 0) {
    return metricStrings.announce.downloading(label);
  }
  const [picture] = after.media;
  if (before.media.length === 0 && picture?.kind === 'image') return metricStrings.announce.firstPicture(label);
  const answered = (state: RunState): boolean => (state.times?.firstAnswer ?? state.times?.firstToolCall) !== undefined;
  return !answered(before) && answered(after) ? announce.firstAnswer(label) : undefined;
}
