/** HTML text to elements that hold nothing but what Markdown needs. */
import createPurifier, { type DOMPurify } from 'dompurify';

const TAGS = 'a blockquote br code del em h3 h4 h5 h6 hr li ol p pre span strong table tbody td th thead tr ul'.split(
  ' ',
);
const ATTRIBUTES = ['aria-label', 'class', 'href', 'role', 'scope', 'start'];
/** The class names this folder writes; everything else would let text borrow the page's own styles. */
const CLASSES = /^(?:md-[a-z0-9-]+|language-[\w+#.-]+)$/;
/** Holds what is cleaned; itself no part of the result. */
const ROOT = 'div';
const HIGHLIGHT_CLASSES = /^hljs-[\w-]+(?: [\w-]+)*$/;

function purifierAllowing(tags: string[], attributes: string[], classes: RegExp): DOMPurify {
  const purifier = createPurifier(window);
  // Once rather than with every call: reading a configuration takes longer than cleaning a paragraph.
  purifier.setConfig({
    ALLOWED_TAGS: [...tags, ROOT],
    ALLOWED_ATTR: attributes,
    ALLOWED_URI_REGEXP: /^https:\/\//i,
    // Without this their values, too, would have to look like a URL.
    ADD_URI_SAFE_ATTR: attributes.filter((name) => name !== 'href'),
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    IN_PLACE: true,
  });
  purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
    if (attribute.attrName === 'class' && !classes.test(attribute.attrValue)) attribute.keepAttr = false;
  });
  return purifier;
}

let blocks: DOMPurify | undefined;
let highlights: DOMPurify | undefined;

/** A template's content belongs to a document of its own, in which nothing loads and nothing runs. */
function clean(html: string, purifier: DOMPurify): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = `<${ROOT}>${html}</${ROOT}>`;
  const root = template.content.firstChild as HTMLElement;
  purifier.sanitize(root);
  return root;
}

/**
 * An element that holds what is allowed of rendered Markdown: no scripts, styles, forms, frames, pictures, ids or
 * handlers; `https:` links only.
 */
export function sanitise(html: string): HTMLElement {
  return clean(html, (blocks ??= purifierAllowing(TAGS, ATTRIBUTES, CLASSES)));
}

/** An element that holds highlighted code: text and `<span class="hljs-…">`. */
export function sanitiseHighlight(html: string): HTMLElement {
  return clean(html, (highlights ??= purifierAllowing(['span'], ['class'], HIGHLIGHT_CLASSES)));
}
