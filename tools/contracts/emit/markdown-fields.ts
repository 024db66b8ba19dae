import type { Confidence, Evidence, Field, Type } from '../ir.ts';
import { groupBy, type Links, place } from './markdown-page.ts';
import { code, plainText, table, words } from './markdown-text.ts';

const HEAD = ['Field', 'Type', 'Presence', 'Null', 'Default, limits, key', 'Comment', 'Source'];

const SOURCE: Record<Confidence, string> = {
  stated: 'stated',
  mined: 'from the comment',
  inferred: 'taken over',
  configured: 'by the overlay',
};

/** Where a table of fields stands: its page, and the file that a line alone is of. */
interface At {
  page: string;
  links: Links;
  file: string;
}

/** Fields as a table; those of an object inside follow it, their names joined by a dot. */
export function fieldTable(
  { fields, evidence }: { fields: readonly Field[]; evidence: readonly Evidence[] },
  page: string,
  links: Links,
): string {
  const at = { page, links, file: evidence[0]?.file ?? '' };
  const rows = fields.flatMap((field) => fieldRows(field, '', at));
  // A column that says nothing of any field only makes the others narrow.
  const said = HEAD.map((_, column) => rows.some((row) => row[column] !== ''));
  return table(
    HEAD.filter((_, column) => said[column]),
    rows.map((row) => row.filter((_, column) => said[column])),
  );
}

function fieldRows(field: Field, before: string, at: At): string[][] {
  const name = `${before}${field.name}`;
  const inner = innerFields(field.type);
  const row = [
    code(name),
    inner === undefined ? at.links.type(field.type, at.page) : inner.what,
    field.presence,
    nullText(field),
    facts(field, at),
    plainText(field.doc),
    sources(field.evidence, at.file),
  ];
  const below = (inner?.fields ?? []).flatMap((each) => fieldRows(each, `${name}${inner!.joint}`, at));
  return [row, ...below];
}

function innerFields(type: Type): { what: string; joint: string; fields: Field[] } | undefined {
  if (type.kind === 'object' && type.fields.length > 0)
    return { what: 'object', joint: '.', fields: type.fields };
  if (type.kind !== 'array' || type.of.kind !== 'object' || type.of.fields.length === 0) return undefined;
  return { what: 'list of objects', joint: '[].', fields: type.of.fields };
}

function nullText(field: Field): string {
  if (!field.nullable) return 'no';
  const meaning = field.nullMeaning?.replace(/^null\s*(?:=\s*)?/, '') ?? '';
  return meaning === '' ? 'yes' : `yes: ${plainText(meaning)}`;
}

function facts(field: Field, { page, links }: At): string {
  const told: string[] = [];
  if (field.default?.kind === 'value') told.push(`default ${code(JSON.stringify(field.default.value))}`);
  if (field.default?.kind === 'from')
    told.push(`default from ${links.to(field.default.record, page)} ${code(field.default.field)}`);
  if (field.bounds) told.push(boundsText(field.bounds));
  if (field.hard) told.push('hard limit');
  if (field.fk !== undefined) told.push(`key of ${links.to(field.fk, page)}`);
  if (field.open)
    told.push(
      field.open.length === 0
        ? 'open vocabulary'
        : `open vocabulary: ${field.open.map((each) => code(each)).join(', ')} and others`,
    );
  return told.join('; ');
}

function boundsText({ min, max, confidence }: NonNullable<Field['bounds']>): string {
  const ends = [
    ...(min === undefined ? [] : [`at least ${code(String(min))}`]),
    ...(max === undefined ? [] : [`at most ${code(String(max))}`]),
  ];
  return `${words(ends)}${confidence === 'inferred' ? ' (inferred, not enforced)' : ''}`;
}

/** What is known from where: a line of the file that defines, or another file and its line. */
function sources(evidence: readonly Evidence[], file: string): string {
  const byPlace = groupBy(evidence, (each) => (each.file === file ? `line ${each.line}` : place(each)));
  return [...byPlace]
    .map(([where, facts]) => `${words([...new Set(facts.map((each) => SOURCE[each.confidence]))])}, ${where}`)
    .join('; ');
}
