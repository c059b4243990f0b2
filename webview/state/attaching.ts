/**
 * Files on their way to becoming attachments.
 */
import type { MediaKind } from '../../src/core/media/media';

/** A file on its way to the host. */
export interface Transfer {
  readonly id: string;
  readonly name: string;
  /** 0 to 1; absent: not known. */
  readonly progress?: number;
  cancel(): void;
}

/** Why a file could not be attached. It stays until it is dismissed. */
export interface AttachmentProblem {
  readonly id: string;
  readonly name: string;
  /** Names the file, says what is wrong and what to do. */
  readonly message: string;
}

/** Which files are taken now. */
export interface Taking {
  /** For people, for example the task's title. */
  readonly title: string;
  readonly kinds: readonly MediaKind[];
}
