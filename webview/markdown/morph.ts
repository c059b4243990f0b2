/** Changes existing DOM into wanted DOM with as few changes as possible, so that selection and layout survive. */

function morphAttributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
}

function morphNode(from: ChildNode, to: ChildNode): boolean {
  if (from.nodeName !== to.nodeName) return false;
  if (from instanceof Text && to instanceof Text) {
    if (to.data.startsWith(from.data)) from.appendData(to.data.slice(from.data.length));
    else from.data = to.data;
    return true;
  }
  if (!(from instanceof Element && to instanceof Element)) return false;
  morphAttributes(from, to);
  morphSiblings(from, from.firstChild, [...to.childNodes]);
  return true;
}

/**
 * Makes `first` and all siblings after it (children of `parent`) equal to `wanted`, taking nodes out of `wanted` only
 * where nothing could be kept. Returns the nodes that now stand there.
 */
export function morphSiblings(parent: Node, first: ChildNode | null, wanted: ChildNode[]): ChildNode[] {
  let current = first;
  const result = wanted.map((node) => {
    const here = current;
    if (!here) {
      parent.appendChild(node);
      return node;
    }
    current = here.nextSibling;
    if (morphNode(here, node)) return here;
    parent.replaceChild(node, here);
    return node;
  });
  while (current) {
    const rest: ChildNode | null = current.nextSibling;
    current.remove();
    current = rest;
  }
  return result;
}
