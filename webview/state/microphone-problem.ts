/**
 * Why there is no sound from the microphone, and what to do.
 */
import { attachmentStrings } from '../strings-attachments';

const text = attachmentStrings.recording;

/** A sentence for what `getUserMedia` threw. `inEditor`: the page is inside VS Code. */
export function microphoneProblem(error: unknown, inEditor: boolean): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return inEditor ? text.deniedInEditor : text.denied;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return text.missing;
  if (name === 'NotReadableError' || name === 'AbortError') return text.busy;
  return inEditor ? text.deniedInEditor : text.unsupported;
}
