/**
 * The blocks of an answer in parts of a fixed number. A finished part is skipped by the browser while it is out of sight;
 * the browser watches every element that it may skip, so single blocks would be too many.
 */
import { morphSiblings } from './morph';

/** Blocks in a part. */
const SIZE = 16;

/** Where the blocks of one answer stand. */
export interface Parts {
  /**
   * Puts `nodes` after the blocks that were settled so far, in place of everything that stood there, changing as little
   * as possible; the first `settled` of them stay for good. Returns the nodes that now stand there.
   */
  place(nodes: ChildNode[], settled: number): ChildNode[];
  clear(): void;
}

/** Keeps parts inside `container`. */
export function createParts(container: HTMLElement): Parts {
  let parts: HTMLElement[] = [];
  let count = 0;

  const part = (index: number): HTMLElement => {
    const present = parts[index];
    if (present) return present;
    const added = document.createElement('div');
    added.className = 'md-part';
    container.append(added);
    parts.push(added);
    return added;
  };

  return {
    place(nodes, settled) {
      const placed: ChildNode[] = [];
      let index = Math.floor(count / SIZE);
      do {
        const parent = part(index);
        const at = Math.max(0, count - index * SIZE);
        const fitting = nodes.slice(placed.length, placed.length + SIZE - at);
        placed.push(...morphSiblings(parent, parent.childNodes[at] ?? null, fitting));
        index++;
      } while (placed.length < nodes.length);
      for (const unused of parts.splice(index)) unused.remove();
      const before = Math.floor(count / SIZE);
      count += settled;
      for (const done of parts.slice(before, Math.floor(count / SIZE))) done.classList.add('md-done');
      return placed;
    },
    clear() {
      container.replaceChildren();
      parts = [];
      count = 0;
    },
  };
}
