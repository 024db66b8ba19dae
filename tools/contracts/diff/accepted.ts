import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { nearWords } from '../../text/index.ts';
import { CONTRACT_RULES } from './rules.ts';

const SCHEMA = 'govkit.accepted-breaks@1';
const ACCEPTABLE = CONTRACT_RULES.filter(({ says }) => says !== undefined).map(({ id }) => id);
const said = z.string().regex(/\S/);

const Entry = z.strictObject({
  rule: z.enum(ACCEPTABLE).describe('what kind of change; gov explain contract lists them'),
  name: said.describe('the type, or the id of the event'),
  path: said
    .optional()
    .describe('the field or member, as gov spec diff prints it; absent: the type or event itself'),
  from: said.optional().describe('only in a comparison with this version of the spec'),
  reason: said.describe('why the break is wanted'),
  by: said.describe('who accepted it'),
  expires: z.iso.date().describe('the last day on which it is accepted, in UTC'),
});

/** `.GOV/spec/accepted-breaks.yaml`. */
export const acceptedBreaksSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  accepted: z.array(Entry).describe('each accepts exactly the change that it names'),
});

/** A change that breaks somebody and is wanted, until a day. */
export type AcceptedBreak = z.infer<typeof Entry> & { place: Place };

/** What was expected where a value of an entry is wrong. */
const EXPECTED: Readonly<Record<string, string>> = {
  rule: 'a rule of contracts (gov explain contract lists them)',
  name: 'the type or the id of the event',
  path: 'the field or member, or no path',
  from: 'a version of the spec, or no from',
  reason: 'why the break is wanted',
  by: 'who accepted it',
  expires: 'a day such as 2027-01-31',
};

/**
 * Reads the accepted breaks. One entry that cannot be read is one finding with its line, and accepts nothing; the
 * others count.
 */
export function readAcceptedBreaks(
  path: string,
  text: string,
): { entries: AcceptedBreak[]; findings: Finding[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const findings: Finding[] = [];
  const refuse = (line: number, message: string): void => {
    findings.push(acceptedInvalid(path, line, message));
  };
  for (const error of document.errors)
    refuse(
      counter.linePos(error.pos[0]).line,
      `Unexpected YAML (${error.message.split('\n')[0]}), expected a map`,
    );
  if (findings.length > 0) return { entries: [], findings };
  const root = document.contents;
  const schema: unknown = isMap(root) ? document.get('schema') : undefined;
  const list: unknown = isMap(root) ? document.get('accepted', true) : undefined;
  if (schema !== SCHEMA) refuse(1, `Unexpected schema ${shown(schema)}, expected ${SCHEMA}`);
  else if (!isSeq(list))
    refuse(1, 'Unexpected accepted breaks without a list, expected one under "accepted"');
  if (schema !== SCHEMA || !isSeq(list)) return { entries: [], findings };
  const entries: AcceptedBreak[] = [];
  for (const item of list.items as Node[]) {
    const line = lineOf(item, counter);
    const read = problemOf(plain(item, document), entries);
    if (typeof read === 'string') refuse(line, read);
    else entries.push({ ...read, place: linePlace(path, line) });
  }
  return { entries, findings };
}

/** Also of a list that is configured and is not there. */
export function acceptedInvalid(path: string, line: number, message: string): Finding {
  return {
    rule: 'contract/accepted-invalid',
    severity: 'error',
    place: linePlace(path, line),
    message,
    args: {},
  };
}

/** The value of an entry; an alias that leads nowhere, or to itself, is none. */
function plain(item: Node, document: ReturnType<typeof parseDocument>): unknown {
  try {
    const value: unknown = item.toJS(document, { maxAliasCount: 100 });
    JSON.stringify(value);
    return value;
  } catch {
    return undefined;
  }
}

/** The entry, or what is wrong with it: the first thing, since one correction often mends the rest. */
function problemOf(value: unknown, before: readonly AcceptedBreak[]): z.infer<typeof Entry> | string {
  const parsed = Entry.safeParse(value);
  if (parsed.success) {
    const same = before.find((other) => keyOf(other) === keyOf(parsed.data));
    return same
      ? `Unexpected second entry for ${nameOf(same)}, expected one (line ${same.place.line})`
      : parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return `Unexpected key ${shown(issue.keys[0])} in an accepted break, expected ${Object.keys(EXPECTED).join(', ')}`;
  const key = String(issue?.path[0] ?? '');
  if (key === '')
    return `Unexpected entry ${shown(value)}, expected a map with rule, name, reason, by and expires`;
  const found = (value as Record<string, unknown>)[key];
  const near = key === 'rule' && typeof found === 'string' ? nearRules(found) : [];
  const expected = near.length > 0 ? `one of: ${near.join(', ')}` : EXPECTED[key];
  return `Unexpected ${found === undefined ? `accepted break without ${key}` : `${key} ${shown(found)}`}, expected ${expected}`;
}

/** By what follows the family, which all of them share. */
function nearRules(text: string): string[] {
  const bare = (id: string): string => id.replace(/^contract\//, '');
  return nearWords(bare(text), ACCEPTABLE.map(bare)).map((word) => `contract/${word}`);
}

const keyOf = ({ rule, name, path = '', from = '' }: z.infer<typeof Entry>): string =>
  [rule, name, path, from].join('\n');

/** `contract/field-removed of ModelSession.role`. */
export function nameOf({ rule, name, path }: Pick<AcceptedBreak, 'rule' | 'name' | 'path'>): string {
  return `${rule} of ${path === undefined ? name : `${name}.${path}`}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function lineOf(node: Node, counter: LineCounter): number {
  const first = isMap(node) ? node.items[0]?.key : node;
  const range = isScalar(first) ? first.range : node.range;
  return range ? counter.linePos(range[0]).line : 1;
}
