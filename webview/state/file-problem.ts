/**
 * Why a file is not worth sending.
 */
import type { MediaKind } from '../../src/core/media/media';
import { attachmentStrings as text } from '../strings-attachments';
import { sizeWords } from './attachment-words';
import type { Taking } from './attaching';
import { mostBytes, possibleKinds, type NamedFile } from './file-kinds';

/**
 * What the user is told; undefined when nothing speaks against the file. Size is judged by what the file says it is;
 * what it really is, the host sees from its bytes.
 */
export function fileProblem(file: NamedFile, taking: Taking | undefined, room: number): string | undefined {
  const { name, size } = file;
  const possible = possibleKinds(file);
  if (taking?.kinds.length === 0) return text.noFiles(name, taking.title);
  const wanted: readonly MediaKind[] = taking ? possible.filter((kind) => taking.kinds.includes(kind)) : possible;
  const [kind] = possible;
  if (taking && kind !== undefined && wanted.length === 0) return text.notTaken(name, kind, taking.title, taking.kinds);
  if (size === 0) return text.empty(name);
  const most = mostBytes(wanted.length > 0 ? wanted : (taking?.kinds ?? []));
  if (size > most) return text.tooLarge(name, sizeWords(size), wanted[0], sizeWords(most));
  return room <= 0 ? text.tooMany(name) : undefined;
}
