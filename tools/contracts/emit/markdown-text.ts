/** Text as Markdown shows it, letter by letter: what is marked up in a comment of the spec says nothing here. */
export function plainText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>~&$]/g, '\\$&');
}

/** The same as a paragraph, which no first letter makes a heading or a list. */
export function paragraph(text: string): string {
  return `${plainText(text).replace(/^(?=[#+=-])|(?<=^\d+)(?=[.)])/, '\\')}\n`;
}

/** A code span, or the text itself where no code span in a table can hold it. */
export function code(text: string): string {
  const inner = oneLine(text);
  if (inner === '' || inner.includes('\\|')) return plainText(inner);
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${inner}${fence}` : `${fence} ${inner} ${fence}`;
}

/** A table; the cells are Markdown, in which a `|` would end the cell, in a code span too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  const line = (cells: readonly string[]) => cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ');
  return lines.map((cells) => `| ${line(cells)} |\n`).join('');
}

/** `a`, `b` and 3 more words of a sentence. */
export function words(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** Anchors as GitHub gives them to headings: of two equal ones the second has a number. */
export class Anchors {
  private readonly taken = new Map<string, number>();

  add(heading: string): string {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    while (this.taken.has(anchor)) {
      const count = (this.taken.get(slug) ?? 0) + 1;
      this.taken.set(slug, count);
      anchor = `${slug}-${count}`;
    }
    this.taken.set(anchor, 0);
    return anchor;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
