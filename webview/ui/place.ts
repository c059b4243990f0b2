/**
 * Where a floating box goes: beside its anchor, inside the window.
 */

/** Pixels between the box and its anchor, and between the box and the edge of the window. */
const GAP = 4;

/** Puts a shown popover below its anchor, or above it where there is more room. */
export function place(box: HTMLElement, anchor: HTMLElement, align: 'start' | 'end' | 'center' = 'start'): void {
  const at = anchor.getBoundingClientRect();
  box.style.maxHeight = '';
  const { width, height } = box.getBoundingClientRect();
  const below = innerHeight - at.bottom - 2 * GAP;
  const above = at.top - 2 * GAP;
  const under = height <= below || below >= above;
  const room = under ? below : above;
  const left = align === 'start' ? at.left : align === 'end' ? at.right - width : at.left + (at.width - width) / 2;
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  box.style.top = `${under ? at.bottom + GAP : Math.max(GAP, at.top - GAP - Math.min(height, room))}px`;
  box.style.maxHeight = `${room}px`;
}
