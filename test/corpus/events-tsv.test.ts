import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EventMention, type EventNode, generate } from '../../tools/contracts/index.ts';
import { readMentions } from '../../tools/contracts/mentions/read.ts';
import { ROOT, readSpec } from '../contracts/spec-fixture.ts';

const NAME = 'Handshake_Master_Spec_v02.137.md';
const CORPUS = `${ROOT}../shared/corpus/handshake-2026-02-24/${NAME}`;
/** An independent count of every place that names or defines an event, made by other means than ours. */
const ROWS = `${ROOT}../shared/research/spec-events.tsv`;

/** Forms of the file that are read as mentions; the others are definitions. */
const MENTIONED = [
  'markdown table',
  'prose list',
  'prose anchor (bullet heading)',
  'prose mirror (bullet)',
  'prose MUST-emit rule (no fields)',
  'prose prohibition',
  'prose (producer-specific override)',
  'pseudo-code / prose emit (symbolic id, no schema)',
  'ts example value (related_events)',
];
/** Forms of definitions that are held against the file. */
const DEFINED = ['yaml pseudo-schema'];
/** Forms that the TypeScript front end answers for. */
const OPEN = ['ts interface', 'ts union family', 'ts interface (standalone envelope)'];

/** Rows without a counterpart, each with its reason. */
const ABSENT: Record<string, string> = {
  '(base) 12683': 'a base interface is no event',
  '(base) 64250': 'the envelope is no event',
  '(base) 69242': 'the archived copy of the envelope is no event',
  '(no id) 5172': 'an audit event without an id of the Flight Recorder',
  '(no FR id) 53932': 'prose names a span that has no id',
  '(no FR id) 62433': 'values of `event_kind` of a storage table, without ids',
  '(no FR id) 63591': 'comment of a SQL table: SQL is no dialect that carries contracts',
  '(no FR id) 63639': 'JSON example of MCP logging: an example is no contract',
  '(no FR id) 63721': 'JSON example of MCP logging: an example is no contract',
  'FR-EVT-LLM-0xx 20488': 'a placeholder is no id; the interface that it stands in names the type',
};

/** Rows whose keys we read differently, each with its reason: ours. */
const KEYS: Record<string, [ours: string, why: string]> = {
  'FR-EVT-MODEL-002 69185': ['swap_id', '"artifacts persisted" is prose in the cell'],
  'FR-EVT-MODEL-005 69188': ['swap_id', '"checkpoint restored" is prose in the cell'],
  'FR-EVT-MT-ITERATION-COMPLETE 11898': ['', '"with decision" is prose behind the id'],
  'FR-EVT-WF-RECOVERY 12633': [
    'job_id resume_point steps_recovered steps_to_retry',
    'the list below the line names them; the file says "no fields"',
  ],
  'FR-EVT-RUNTIME-CHAT-102 64969': [
    'ans001_compliant violation_clauses',
    'the sentence names them; the file says "no fields"',
  ],
};

interface Row {
  id: string;
  type: string;
  form: string;
  line: number;
  fields: string;
}

if (existsSync(CORPUS) && existsSync(ROWS)) rowTests(readRows());
else
  process.stdout.write('events-tsv: no list of events beside the repository, its tests are not registered\n');

function readRows(): Row[] {
  return readFileSync(ROWS, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((text) => {
      const [id = '', type = '', form = '', , line = '', fields = ''] = text.split('\t');
      return { id, type, form: form.replace(/:.*| extends .*/, ''), line: Number(line), fields };
    });
}

/** `a: string; b?: number`, `{ a, b? }`, `a, b[]`, `reason: "…"`: the names, as they are written. */
function keysOf({ fields }: Row): string[] {
  const flat = fields.replace(/^\{(.*)\}$/, '$1');
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of `${flat};`) {
    if ('{[('.includes(letter)) depth++;
    if ('}])'.includes(letter)) depth--;
    if (depth === 0 && (letter === ';' || (letter === ',' && !/:/.test(part)))) {
      parts.push(part.replace(/:.*/s, '').trim());
      part = '';
    } else part += letter;
  }
  return parts.filter((name) => name !== '');
}

function rowTests(rows: Row[]): void {
  const index = readSpec(CORPUS, NAME);
  const mentions = readMentions(index);
  const { events } = generate(index).ir;
  const keyOf = ({ id, line }: Row) => `${id} ${line}`;

  const mentionOf = (row: Row): EventMention | undefined =>
    mentions.find(({ frId, evidence }) => frId === row.id && evidence[0]!.line === row.line);
  /** An event of a family has the line of its own member, and the shape at another. */
  const eventOf = (row: Row): EventNode | undefined =>
    events.find(({ frId, evidence }) => frId === row.id && evidence.some(({ line }) => line === row.line));

  describe('spec-events.tsv, row by row', () => {
    it('has 268 rows, and none of a form that nobody answers for', () => {
      expect(rows).toHaveLength(268);
      const absent = rows.filter((row) => ABSENT[keyOf(row)] !== undefined).map(({ form }) => form);
      const answered = new Set([...MENTIONED, ...DEFINED, ...OPEN, ...absent]);
      expect(new Set(rows.map(({ form }) => form))).toEqual(answered);
    });

    it.each(rows.filter(({ form }) => MENTIONED.includes(form)).map((row) => [keyOf(row), row] as const))(
      'mention %s',
      (key, row) => {
        const mention = mentionOf(row);
        expect(mention, 'a mention of that id on that line').toBeDefined();
        expect(mention?.type ?? '').toBe(row.type);
        const keys = (mention?.fields ?? []).join(' ');
        expect(keys).toBe(KEYS[key]?.[0] ?? keysOf(row).join(' '));
      },
    );

    it.each(rows.filter(({ form }) => DEFINED.includes(form)).map((row) => [keyOf(row), row] as const))(
      'definition %s',
      (_, row) => {
        const event = eventOf(row);
        expect(event, 'a definition of that id on that line').toBeDefined();
        expect(event?.type).toBe(row.type);
        expect(event?.payload.map(written)).toEqual(keysOf(row));
      },
    );

    it.each(Object.entries(ABSENT))('%s has no counterpart: %s', (key) => {
      const row = rows.find((candidate) => keyOf(candidate) === key);
      expect(row).toBeDefined();
      expect(mentionOf(row!) ?? eventOf(row!)).toBeUndefined();
    });

    it.each(Object.entries(KEYS))('%s: our keys differ, %s', (key, [keys]) => {
      const row = rows.find((candidate) => keyOf(candidate) === key)!;
      expect(keysOf(row).join(' ')).not.toBe(keys);
    });
  });
}

/** `[]` stands behind the name in the yaml blocks, `?` in the TypeScript ones. */
function written({ name, type, presence, evidence }: EventNode['payload'][number]): string {
  const list = type.kind === 'array' && evidence[0]!.dialect === 'yaml';
  return `${name}${list ? '[]' : ''}${presence === 'optional' ? '?' : ''}`;
}
