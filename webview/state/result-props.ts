/**
 * What the views of answers that are neither prose nor media get.
 */
import type { Attachment } from '../../src/core/media/media';
import type { RunResult } from '../../src/core/run/result';
import type { Peer } from './peers';

/** What every view of a result gets. */
export interface ResultProps<R extends RunResult = RunResult> {
  result: R;
  /** The answer as text; of a transcript its words. */
  text: string;
  attachments: readonly Attachment[];
  /** Texts embedded, or documents ranked, in the order of the request. */
  texts: readonly string[];
  prompt: string;
  /** Prefix of media files; ends with a slash. */
  mediaBase: string;
  /** The other columns, without this one. */
  peers: readonly Peer[];
  /** What the transcript should say; empty when nobody told. */
  reference: string;
  onreference: (text: string) => void;
  onsave: (text: string, name: string) => void;
  oncopy: (text: string, what: string) => void;
  /** The answer is still growing. */
  active: boolean;
}
