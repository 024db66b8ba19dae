import type { TextFile } from '../../text/index.ts';

/** What becomes of the lines of a file; those that are not named stay as they are, byte for byte. */
export interface LinePlan {
  /** By line, from 1. */
  replace: Map<number, string>;
  remove: Set<number>;
  /** Behind a line; 0 is the top of the file. */
  insert: Map<number, string[]>;
}

export interface Printed {
  /** With the BOM, where there was one. */
  text: string;
  /** Which line of the file each line was, unchanged; undefined for one that the plan made. */
  from: (number | undefined)[];
}

export function emptyPlan(): LinePlan {
  return { replace: new Map(), remove: new Set(), insert: new Map() };
}

/** The file with its plan carried out: BOM, line ends, a missing last one and lone CRs included. */
export function printLines(file: TextFile, plan: LinePlan): Printed {
  const bodies: string[] = [];
  const ends: string[] = [];
  const from: (number | undefined)[] = [];
  const usual = file.eol === '\r\n' ? '\r\n' : '\n';
  const raws = file.text.split('\n');
  const add = (body: string, end: string, line?: number): void => {
    bodies.push(body);
    ends.push(end);
    from.push(line);
  };
  const insertBehind = (line: number): void => {
    for (const body of plan.insert.get(line) ?? []) {
      const before = ends.at(-1) ?? usual;
      // Behind a line without an end the new one is the last, and has none either.
      if (before === '') ends[ends.length - 1] = usual;
      add(body, before);
    }
  };
  insertBehind(0);
  for (const [index, body] of file.lines.entries()) {
    const line = index + 1;
    if (!plan.remove.has(line)) {
      const end = raws[index]!.slice(body.length) + (index + 1 < raws.length ? '\n' : '');
      const changed = plan.replace.get(line);
      add(changed ?? body, end, changed === undefined ? line : undefined);
    }
    insertBehind(line);
  }
  const text = bodies.map((body, index) => body + ends[index]!).join('');
  return { text: (file.bom ? '\ufeff' : '') + text, from };
}

/** A line with the characters from `column` on, `length` of them, replaced. */
export function splice(line: string, column: number, length: number, text: string): string {
  return line.slice(0, column - 1) + text + line.slice(column - 1 + length);
}
