import type { Sources } from '../../data/page.ts';

/** A stretch of a file: lines that are held, or how many are left out. */
export type Stretch = { from: number; text: readonly string[] } | { from: number; missing: number };

/** The file from its first line to its last, with the gaps between the pieces that are held. */
export function stretchesOf({ lines, pieces }: Sources[string]): Stretch[] {
  const stretches: Stretch[] = [];
  let next = 1;
  for (const { from, text } of [...pieces].sort((a, b) => a.from - b.from)) {
    if (from > next) stretches.push({ from: next, missing: from - next });
    stretches.push({ from, text });
    next = from + text.length;
  }
  if (next <= lines) stretches.push({ from: next, missing: lines - next + 1 });
  return stretches;
}

/** Schemes that show a file; a script must not run because somebody configured it as a link. */
const SCHEME = /^(?:https?|file|vscode|vscode-insiders|vscodium|cursor|idea|zed|subl|txmt|mvim):/;

/** Where a line stands outside the page; null where the template is no address of a page or of an editor. */
export function outsideLink(template: string | null, file: string, line: number): string | null {
  if (template === null || !SCHEME.test(template)) return null;
  return template
    .replaceAll('{file}', file.split('/').map(encodeURIComponent).join('/'))
    .replaceAll('{line}', String(line));
}
