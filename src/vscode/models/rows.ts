/**
 * The rows of a tree as VS Code keeps them: it knows a row by its object, so that the object stays while what it shows
 * changes.
 */
import { isTreeNode, type GroupNode, type ModelNode, type TreeNode } from './tree-model';

/** One row. Menus hand it to their commands. */
export interface Row {
  readonly node: TreeNode;
}

/** All rows of one tree. */
export interface Rows {
  /** Rows below, or at the top. */
  childrenOf(row: Row | undefined): readonly Row[];
  /** The group of a model; undefined for a group. */
  parentOf(row: Row): Row | undefined;
  /** The row of a model that is easiest to find: in a provider or task, not among favourites. */
  rowOf(modelId: string): Row | undefined;
  /** Takes a new tree. Answers with the rows to draw again, or `all` when the groups themselves are others. */
  replace(next: readonly GroupNode[]): readonly Row[] | 'all';
}

/** Whether a command was called by a row of the tree, that is by a person. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && isTreeNode((value as Partial<Row>).node);
}

const idsOf = (nodes: readonly TreeNode[]) => nodes.map(({ id }) => id).join('\n');

/** Whether two states of one model's row look the same. The parts are JSON. */
function looksSame(a: ModelNode, b: ModelNode): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Makes the rows of an empty tree. */
export function createRows(): Rows {
  let groups: readonly GroupNode[] = [];
  const rows = new Map<string, { node: TreeNode }>();

  function rowFor(node: TreeNode): Row {
    const row = rows.get(node.id);
    if (row !== undefined) return row;
    const made = { node };
    rows.set(node.id, made);
    return made;
  }

  function changedIn(before: GroupNode, after: GroupNode): readonly Row[] {
    if (idsOf(before.children) !== idsOf(after.children)) return [rowFor(after)];
    // A row that was never shown need not be drawn again.
    return after.children.flatMap((child, index) => {
      const shown = rows.get(child.id);
      const old = before.children[index];
      return shown === undefined || (old !== undefined && looksSame(old, child)) ? [] : [shown];
    });
  }

  return {
    childrenOf(row) {
      if (row === undefined) return groups.map(rowFor);
      return row.node.kind === 'group' ? row.node.children.map(rowFor) : [];
    },
    parentOf({ node }) {
      const group = node.kind === 'group' ? undefined : groups.find(({ children }) => children.includes(node));
      return group && rowFor(group);
    },
    rowOf(modelId) {
      const found = groups.flatMap(({ children }) => children).filter((child) => child.modelId === modelId);
      const node = found.at(-1);
      return node && rowFor(node);
    },
    replace(next) {
      const before = groups;
      groups = next;
      const same = idsOf(before) === idsOf(next);
      const changed = same ? next.flatMap((group, index) => changedIn(before[index] ?? group, group)) : [];
      const current = new Map<string, TreeNode>(
        next.flatMap((group) => [group, ...group.children]).map((n) => [n.id, n]),
      );
      for (const [id, row] of rows) {
        const node = current.get(id);
        if (node === undefined) rows.delete(id);
        else row.node = node;
      }
      return same ? changed : 'all';
    },
  };
}
