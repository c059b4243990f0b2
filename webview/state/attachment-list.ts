/**
 * Changes to the list of attachments. Its order is the order in which a request holds them.
 */
import type { Task } from '../../src/core/catalog/model';
import { taskInputs } from '../../src/core/catalog/task-inputs';
import type { Attachment, AttachmentRole, MediaKind } from '../../src/core/media/media';

/** With the attachment some places further on; it stays in the list. */
export function moved(list: readonly Attachment[], at: number, by: number): readonly Attachment[] {
  const item = list[at];
  const to = Math.max(0, Math.min(list.length - 1, at + by));
  return item === undefined || to === at ? list : list.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** With this role. A request has one mask and one end frame: whoever had the role before is a plain input again. */
export function withRole(list: readonly Attachment[], at: number, role: AttachmentRole): readonly Attachment[] {
  return list.map((item, index) => {
    if (index === at) return { ...item, role };
    return role !== 'input' && item.role === role ? { ...item, role: 'input' } : item;
  });
}

/** Keys for drawing: the same file may be attached twice. */
export function keysOf(list: readonly Attachment[]): readonly string[] {
  const seen = new Map<string, number>();
  return list.map(({ media: { file } }) => {
    const times = seen.get(file) ?? 0;
    seen.set(file, times + 1);
    return `${file}#${times}`;
  });
}

/** What an attachment of this kind may be for. */
export function rolesOf(task: Task, kind: MediaKind): readonly AttachmentRole[] {
  if (kind !== 'image') return ['input'];
  if (task === 'text-to-image' || task === 'image-to-image') return ['input', 'mask'];
  if (task === 'text-to-video' || task === 'image-to-video') return ['input', 'end-frame'];
  return task === 'other' ? ['input', 'mask', 'end-frame'] : ['input'];
}

/** Kinds of files that some of these tasks take. */
export function takenKinds(tasks: readonly Task[]): readonly MediaKind[] {
  return [...new Set(tasks.flatMap((task) => taskInputs(task).media))];
}

/** Whether models of some of these tasks can have a place for it. */
export function isUsable({ media: { kind }, role }: Attachment, tasks: readonly Task[]): boolean {
  return tasks.some((task) => taskInputs(task).media.includes(kind) && rolesOf(task, kind).includes(role));
}

/** A name that no other attachment has: what is pasted is always called `image.png`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
  for (let n = 2; ; n++) {
    const other = `${stem} (${n})${ending}`;
    if (!taken.has(other)) return other;
  }
}
