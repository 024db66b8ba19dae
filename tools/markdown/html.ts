/** How an HTML block ends: at the first line with a match, or at a blank line. */
export type HtmlEnd = RegExp | 'blank';

const PAIRED: readonly (readonly [RegExp, RegExp])[] = [
  [/^<(?:script|pre|textarea|style)(?:[ \t>]|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  [/^<!--/, /-->/],
  [/^<[?]/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
];

const BLOCK_NAMES = new Set(
  `address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl
  dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend
  li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td
  tfoot th thead title tr track ul`.split(/\s+/),
);

/** CommonMark's seven kinds of HTML block. The seventh, any complete tag, cannot interrupt a paragraph. */
export function htmlBlock(text: string, inParagraph: boolean): HtmlEnd | undefined {
  if (text[0] !== '<') return undefined;
  for (const [start, end] of PAIRED) if (start.test(text)) return end;
  const name = /^<\/?([a-z][a-z0-9-]*)(?=[ \t>]|\/>|$)/i.exec(text)?.[1]?.toLowerCase();
  if (name !== undefined && BLOCK_NAMES.has(name)) return 'blank';
  return !inParagraph && isLoneTag(text) ? 'blank' : undefined;
}

/** One complete opening or closing tag and nothing else. By hand: the usual expression is quadratic. */
function isLoneTag(text: string): boolean {
  const closing = text[1] === '/';
  const name = /^[a-z][a-z0-9-]*/i.exec(text.slice(closing ? 2 : 1));
  if (!name) return false;
  let at = (closing ? 2 : 1) + name[0].length;
  const skip = (accepted: RegExp): number => {
    const from = at;
    while (at < text.length && accepted.test(text[at]!)) at++;
    return at - from;
  };
  while (!closing) {
    const gap = skip(/[ \t]/);
    if (gap === 0 || !/[a-z_:]/i.test(text[at] ?? '')) break;
    skip(/[a-z0-9_.:-]/i);
    const back = at;
    skip(/[ \t]/);
    if (text[at] !== '=') {
      at = back;
      continue;
    }
    at++;
    skip(/[ \t]/);
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, at + 1);
      if (end < 0) return false;
      at = end + 1;
    } else if (skip(/[^ \t"'=<>`]/) === 0) return false;
  }
  skip(/[ \t]/);
  if (!closing && text[at] === '/') at++;
  return text[at] === '>' && /^[ \t]*$/.test(text.slice(at + 1));
}
