/**
 * Where the marks of a projection lie on screen, and which of them fall together.
 */

/** One mark for all vectors that would cover each other. Pixels. */
export interface PlaneMark {
  readonly x: number;
  readonly y: number;
  /** Vectors, from 0. */
  readonly members: readonly number[];
}

/** Half the width and the height of a mark on screen, pixels. */
export interface MarkSize {
  readonly radius: number;
  halfWidth(members: readonly number[]): number;
}

/** Pixels by which marks may cover each other before they become one. */
const COVER = 3;

/**
 * Lays points out in a box, both axes in the same scale, so that distances can be compared. Marks that would cover each
 * other become one, at the place of the first.
 */
export function planeOf(
  points: readonly (readonly [x: number, y: number])[],
  width: number,
  height: number,
  size: MarkSize,
): readonly PlaneMark[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(width / (right - left), height / (high - low));
  const place = (value: number, middle: number): number => (Number.isFinite(scale) ? (value - middle) * scale : 0);
  let marks: PlaneMark[] = points.map(([x, y], i) => ({
    x: width / 2 + place(x, (left + right) / 2),
    y: height / 2 - place(y, (low + high) / 2),
    members: [i],
  }));
  // A mark that takes another in gets wider, and may then cover a third one.
  for (let before = Infinity; marks.length < before;) {
    before = marks.length;
    const kept: PlaneMark[] = [];
    for (const mark of marks) {
      const at = kept.findIndex((other) => {
        const wide = size.halfWidth(other.members) + size.halfWidth(mark.members);
        return Math.abs(other.x - mark.x) < wide - COVER && Math.abs(other.y - mark.y) < 2 * size.radius - COVER;
      });
      const other = kept[at];
      if (other) kept[at] = { ...other, members: [...other.members, ...mark.members].sort((a, b) => a - b) };
      else kept.push(mark);
    }
    marks = kept;
  }
  return marks;
}

/** Numbers of vectors, from 1, in few letters: `1, 4`, `2 +7`. */
export function numbersOf(members: readonly number[]): string {
  const [first = 0, second] = members;
  if (second === undefined) return String(first + 1);
  return members.length === 2 ? `${first + 1}, ${second + 1}` : `${first + 1} +${members.length - 1}`;
}

/** Words beside a mark. Pixels; `y` is the base line. */
export interface PlaneLabel {
  readonly mark: PlaneMark;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Height of a label, width of a letter and distance from the mark, pixels, at a size of 10. */
const LETTER = { height: 12, width: 5.6, gap: 3 };
/** Characters of a label. */
const MAX_CHARACTERS = 22;

/** Labels that fit beside their marks without covering a mark or one another; the others are left out. */
export function planeLabels(
  marks: readonly PlaneMark[],
  labels: readonly string[],
  width: number,
  size: MarkSize,
): readonly PlaneLabel[] {
  const taken: Box[] = marks.map(({ x, y, members }) => ({
    left: x - size.halfWidth(members),
    right: x + size.halfWidth(members),
    top: y - size.radius,
    bottom: y + size.radius,
  }));
  return marks.flatMap((mark) => {
    const whole = labels[mark.members[0] ?? 0] ?? '';
    const text = whole.length > MAX_CHARACTERS ? `${whole.slice(0, MAX_CHARACTERS - 1).trimEnd()}…` : whole;
    if (text === '') return [];
    const long = text.length * LETTER.width;
    const gap = size.halfWidth(mark.members) + LETTER.gap;
    for (const anchor of ['start', 'end'] as const) {
      const left = anchor === 'start' ? mark.x + gap : mark.x - gap - long;
      const box = { left, right: left + long, top: mark.y - LETTER.height / 2, bottom: mark.y + LETTER.height / 2 };
      if (box.left < 0 || box.right > width || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return [{ mark, text, x: anchor === 'start' ? left : left + long, y: mark.y + 3.5, anchor }];
    }
    return [];
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
