import type { Verdict, WalkedFence } from './blocks.ts';
import { closes, isMarkdown, languageOf, type Marker, markerOf, opens } from './fence.ts';
import type { Repair } from './model.ts';

// Two parts at least: `# 1. Install` is an ordinary comment in a code block.
const NUMBERED_HEADING = /^ {0,3}#{1,6}[ \t]+\d+(?:\.\d+)+\.?[ \t]/;

/** Reads ahead from every top-level opening fence and applies R1 and R2. */
export function judgeFences(
  lines: readonly string[],
  to: number,
  depth: number,
  repairs: Repair[],
): (fence: WalkedFence) => Verdict {
  const known = new Map<number, Marker>();
  // Kept per line, so that a run of ever shorter openers is still linear.
  const marker = (line: number): Marker | undefined => {
    const found = known.get(line) ?? markerOf(lines[line - 1] ?? '');
    if (found) known.set(line, found);
    return found;
  };
  let telling: number[] | undefined;
  let next = 0;
  return (fence) => {
    if (fence.info === '' && depth === 0) {
      const trigger = strayCloser(fence);
      if (trigger === undefined) return undefined;
      repairs.push({
        line: fence.line,
        rule: 'R1',
        note: `a stray fence without an opener: line ${trigger} would be inside it`,
        depth,
        hides: [],
      });
      return 'drop';
    }
    return isMarkdown(languageOf(fence.info)) ? endOfMarkdown(fence) : undefined;
  };

  /** R1: the line that cannot be inside a fence without info, before it is closed. */
  function strayCloser(fence: WalkedFence): number | undefined {
    telling ??= tellingLines(fence.line + 1);
    while (next < telling.length && telling[next]! <= fence.line) next++;
    for (let at = next; at < telling.length; at++) {
      const line = telling[at]!;
      const found = marker(line);
      if (found) {
        if (closes(found, fence)) return undefined;
        if (found.char === fence.char && found.length >= fence.length && opens(found)) return line;
      } else return line;
    }
    return undefined;
  }

  /** Those with a marker and the numbered headings: all that R1 looks at, found once for all fences. */
  function tellingLines(from: number): number[] {
    const found: number[] = [];
    for (let line = from; line <= to; line++)
      if (marker(line) || NUMBERED_HEADING.test(lines[line - 1]!)) found.push(line);
    return found;
  }

  /** R2: in an `md` fence, a fence of the same length with an info string opens a nested one. */
  function endOfMarkdown(fence: WalkedFence): Verdict {
    const nested: Marker[] = [];
    for (let line = fence.line + 1; line <= to; line++) {
      const found = marker(line);
      if (!found || found.char !== fence.char || found.length < fence.length) continue;
      const innermost = nested.at(-1);
      if (found.info === '') {
        if (!innermost) return { endLine: line, closed: true };
        if (closes(found, innermost)) nested.pop();
      } else if (opens(found) && (!innermost || isMarkdown(languageOf(innermost.info)))) {
        nested.push(found);
        // Deeper ones are reported when the nested body is read.
        if (nested.length === 1)
          repairs.push({
            line,
            rule: 'R2',
            note: `a fence of the same length inside the ${languageOf(fence.info)} fence of line ${fence.line}`,
            depth,
            hides: [],
          });
      }
    }
    return { endLine: to, closed: false };
  }
}
