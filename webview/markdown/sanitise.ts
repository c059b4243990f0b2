/** HTML text to a document fragment that holds nothing but what Markdown needs. */
import createPurifier, { type Config, type DOMPurify } from 'dompurify';

const TAGS =
  'a blockquote br code del em h3 h4 h5 h6 hr li ol p pre span strong table tbody td th thead tr ul'.split(' ');
const ATTRIBUTES = ['aria-label', 'class', 'dir', 'href', 'role', 'scope', 'start'];
/** The class names this folder writes; everything else would let text borrow the page's own styles. */
const CLASSES = /^(?:md-[a-z0-9-]+|language-[\w+#.-]+)$/;
const HIGHLIGHT_CLASSES = /^hljs-[\w-]+(?: [\w-]+)*$/;

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOWED_URI_REGEXP: /^https:\/\//i,
  // Without this their values, too, would have to look like a URL.
  ADD_URI_SAFE_ATTR: ATTRIBUTES.filter((name) => name !== 'href'),
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
};

function purifierAllowing(classes: RegExp): DOMPurify {
  const purifier = createPurifier(window);
  purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
    if (attribute.attrName === 'class' && !classes.test(attribute.attrValue)) attribute.keepAttr = false;
  });
  return purifier;
}

let blocks: DOMPurify | undefined;
let highlights: DOMPurify | undefined;

/** Fragment of rendered Markdown: no scripts, styles, forms, frames, pictures, ids, handlers; `https:` links only. */
export function sanitise(html: string): DocumentFragment {
  blocks ??= purifierAllowing(CLASSES);
  return blocks.sanitize(html, CONFIG);
}

/** Fragment of highlighted code: text and `<span class="hljs-…">`. */
export function sanitiseHighlight(html: string): DocumentFragment {
  highlights ??= purifierAllowing(HIGHLIGHT_CLASSES);
  return highlights.sanitize(html, {
    ALLOWED_TAGS: ['span'],
    ALLOWED_ATTR: ['class'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
