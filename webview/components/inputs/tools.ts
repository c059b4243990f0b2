/**
 * Dialogs that make or change what is attached.
 */
import type { Attachment } from '../../../src/core/media/media';

/** What can be done with one attachment. */
export type ToolName = 'look' | 'scale' | 'mask';

/** The dialog that is open. */
export type OpenTool =
  | { readonly name: 'address' }
  | { readonly name: 'record' }
  | { readonly name: ToolName; readonly attachment: Attachment };
