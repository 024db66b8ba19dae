/** Far beyond what anybody writes, and far below where the parser runs out of stack and takes the process along. */
const DEEPEST = 500;
const LONGEST = 5000;

/** Texts and comments, in which brackets are letters; an arrow, which closes nothing; brackets; words and marks. */
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|=>|[{([<})\]>]|[;,|&]|\n\s*(?:readonly\s+)?[\w$'"-]+\??:(?= *[^\s:])|\n(?=[a-z@])|[\w$]+|[^\s\w$]/g;

/**
 * Would a parser that calls itself for each level get too deep? Either brackets in brackets, or a chain such as
 * `keyof keyof …` and `a => b => …` that nothing interrupts. Returns the offset where it does.
 */
export function tooDeepAt(text: string): number | undefined {
  let brackets = 0;
  let angles = 0;
  let chain = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const mark = token[0]!;
    chain += 1;
    if (/^[;,|&{}\n]/.test(mark)) chain = 0;
    if ('{(['.includes(mark)) brackets += 1;
    else if ('})]'.includes(mark)) brackets = Math.max(0, brackets - 1);
    else if (mark === '<') angles += 1;
    else if (mark === '>') angles = Math.max(0, angles - 1);
    if (brackets > DEEPEST || angles > DEEPEST || chain > LONGEST) return index;
  }
  return undefined;
}
