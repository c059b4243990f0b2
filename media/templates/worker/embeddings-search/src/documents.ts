/**
 * What may be kept.
 */
import { InputError } from './http';

/** A text that can be found. */
export interface Document {
  /** Vectorize takes 64 bytes. */
  readonly id: string;
  /** Goes into metadata, of which Vectorize takes 10 KiB. */
  readonly text: string;
}

const MOST_DOCUMENTS = 500;
const LONGEST_ID = 64;
const LONGEST_TEXT = 8192;

/** The documents of a body. Throws an `InputError` that says which is wrong. */
export function documentsOf({ documents }: Record<string, unknown>): readonly Document[] {
  if (!Array.isArray(documents) || documents.length === 0 || documents.length > MOST_DOCUMENTS) {
    throw new InputError(`"documents" must be a list of 1 to ${MOST_DOCUMENTS}.`);
  }
  return documents.map((value: unknown, index) => {
    const { id, text } = (value ?? {}) as Record<string, unknown>;
    if (!isText(id, LONGEST_ID))
      throw new InputError(`"documents[${index}].id" must be a text of 1 to ${LONGEST_ID} bytes.`);
    if (!isText(text, LONGEST_TEXT)) {
      throw new InputError(
        `"documents[${index}].text" must be a text of 1 to ${LONGEST_TEXT} bytes: split longer ones.`,
      );
    }
    return { id, text };
  });
}

function isText(value: unknown, bytes: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && new TextEncoder().encode(value).length <= bytes;
}
