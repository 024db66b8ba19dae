/** A payload name as it is written: `error?`, `message_ids[]`, `external_source.url`. */
const NAME = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?:\[\])?\??$/;
const QUOTED = /`([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?:\[\])?\??)`/;
const INTRO =
  /\b(?:with|including|includes?|containing|contains?|carr(?:y|ies)|payload|fields?):? ?\(? ?(?=`[a-z])/;
const ALL =
  /^(?:(?:All|These|Each|Every|The)(?: of)?(?: the)?(?: these)? )?[Ee]vents? MUST (?:include|carry|contain)(?: [A-Za-z]+){0,3}:? ?\(?(?=`[a-z])/;
const LIST = new RegExp(String.raw`^${QUOTED.source}(?:(?:,| and|, and|,? or| \/) ?${QUOTED.source})*`);

/** `a, b?, c[]` or `{ a, b? }`. What is prose in the cell ("artifacts persisted") is no field. */
export function fieldsOfCell(cell: string): string[] {
  return cell
    .replace(/[`{}]/g, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => NAME.test(part));
}

/** The names that a sentence gives: "payload includes `a`, `b`", "with `decision_id`", `(reason: "…")`. */
export function fieldsOfSentence(text: string): string[] | undefined {
  const set = /^[`)*]*\s*\(([a-z][a-z0-9_]*): "/.exec(text)?.[1];
  if (set !== undefined) return [set];
  const intro = INTRO.exec(text);
  const list = intro && LIST.exec(text.slice(intro.index + intro[0].length))?.[0];
  if (!list) return undefined;
  return [...list.matchAll(new RegExp(QUOTED, 'g'))].map((match) => match[1]!);
}

/** `Events MUST include correlation IDs (\`job_id\`, \`trace_id\`)`: what a sentence asks of the events above it. */
export function fieldsOfAll(text: string): string[] | undefined {
  const intro = ALL.exec(text);
  const list = intro && LIST.exec(text.slice(intro[0].length))?.[0];
  return list ? [...list.matchAll(new RegExp(QUOTED, 'g'))].map((match) => match[1]!) : undefined;
}

/** Does the line announce a list of fields below it? */
export function announcesFields(text: string): boolean {
  return /\b(?:with|including|includes?|containing|contains?)(?: [a-z]+){0,3}:\s*$/.test(text);
}

/** A list of fields is never longer; it ends with the first line that is not deeper. */
const LONGEST = 64;

/** The names that begin the items below line `at` (from 0): `- a`, `- \`a\`, \`b\` boolean`, `- c.d where known`. */
export function fieldsBelow(lines: readonly string[], at: number): string[] | undefined {
  const indent = indentOf(lines[at]!);
  const fields: string[] = [];
  for (const line of lines.slice(at + 1, at + 1 + LONGEST)) {
    const item = /^(\s*)[-*+] (.*)$/.exec(line);
    if (!item || item[1]!.length <= indent) break;
    const text = item[2]!.trim();
    const quoted = LIST.exec(text)?.[0];
    if (quoted) fields.push(...[...quoted.matchAll(new RegExp(QUOTED, 'g'))].map((match) => match[1]!));
    else {
      const name = /^([a-z][a-z0-9_.]*(?:\[\])?\??)(?=$|:|\s)/.exec(text)?.[1];
      const alone = name !== undefined && (name === text || /[_.]/.test(name) || text[name.length] === ':');
      if (alone && NAME.test(name)) fields.push(name);
    }
  }
  return fields.length > 0 ? fields : undefined;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
