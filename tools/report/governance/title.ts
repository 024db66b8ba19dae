import type { Packet, Stub } from '../../artifacts/index.ts';
import { shortened } from '../sources/shortened.ts';

const BULLET = /^\s*(?:[-*]\s+)?(?:\*\*)?What(?:\*\*:|:\*\*|:)\s*(\S.*)$/i;
const HEADING = /^#{2,6}\s+(?:What|Executive Summary|Why this stub exists|User Context.*|Intent.*)\s*$/i;

/**
 * What a document says that it is about: its line `What:`, else the first line under a heading that announces it.
 * Empty where it says nothing.
 */
export function titleOf(documents: readonly (Stub | Packet | undefined)[]): string {
  for (const document of documents) {
    const title = document && titleIn(document.file.lines);
    if (title !== undefined) return shortened(title);
  }
  return '';
}

function titleIn(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const what = BULLET.exec(line)?.[1]?.trim();
    if (what !== undefined) return what;
  }
  for (const [at, line] of lines.entries()) {
    if (!HEADING.test(line)) continue;
    const first = lines.slice(at + 1, at + 12).find((each) => each.trim() !== '');
    if (first !== undefined && !first.startsWith('#')) return first.replace(/^\s*[-*]\s+/, '').trim();
  }
  return undefined;
}
