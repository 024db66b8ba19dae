import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import {
  type Identifier,
  identifierById,
  identifiersOf,
  loadSpec,
  parseAnchor,
  resolveAnchor,
  type SpecIndex,
  statusCounts,
} from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

let index: SpecIndex;
let all: readonly Identifier[];
beforeAll(async () => {
  index = await loadSpec(worktreeSnapshot(corpusRoot), { root: corpusRoot });
  all = identifiersOf(index);
});

const family = (name: string): Identifier[] => all.filter((identifier) => identifier.family === name);
const withoutDefinition = (name: string): string[] =>
  family(name)
    .filter(({ definitions }) => definitions.length === 0)
    .map(({ id }) => id);

describe('identifiers of v02.137 by family', () => {
  const cases: [name: string, distinct: number, places: number, forms: Record<string, number>][] = [
    ['INV', 31, 41, { 'bold-bullet': 26, heading: 5 }],
    ['TRUST', 4, 7, { 'bold-bullet': 4 }],
    ['CX-MM', 6, 14, { bullet: 5 }],
    // The research counts 257 distinct: it takes 15 ranges and 10 ids with a suffix for one id each, and the
    // ids that they begin with as well. Ranges (CX-101-106, CX-585A-E) are no ids; the ten with a suffix are,
    // and CX-572A is only ever the beginning of two of them. 233 - 1 + 10 = 242.
    ['CX', 242, 468, { bracket: 211, heading: 62, bullet: 21 }],
    ['CX-*', 27, 64, { heading: 14, bracket: 7, bullet: 11 }],
    ['HSK', 34, 42, { bracket: 9, 'doc-comment': 6, error: 11, 'bold-bullet': 4 }],
    ['VAL', 9, 22, { heading: 9 }],
    ['*-VAL', 35, 58, { 'bold-bullet': 16, bullet: 18, 'table-cell': 10 }],
    ['T', 40, 59, { 'table-cell': 49, line: 7 }],
    ['AP', 8, 8, { 'table-cell': 8 }],
    ['RULE', 17, 18, { line: 17 }],
    ['LM', 39, 68, { 'bold-bullet': 22, bracket: 39 }],
    // 33 and 32 in the research, whose pattern ends before a digit: TERM-V1-SCOPE is the one more.
    ['TERM', 33, 34, { 'bold-bullet': 27 }],
    ['BL', 103, 274, { 'table-cell': 102 }],
    ['EXEC', 73, 194, { 'table-cell': 73 }],
    ['G', 29, 108, { bullet: 31, 'table-cell': 34 }],
    ['DIAG-SCHEMA', 5, 13, { 'bold-bullet': 7 }],
    ['AC-OPS', 7, 7, { 'table-cell': 7 }],
    ['ADD', 36, 660, {}],
    // `// UPDATED v02.137` in a code comment is the second of the research; it has no brackets.
    ['UPDATED', 1, 1, {}],
  ];
  it.each(cases)('%s: %i ids in %i places', (name, distinct, places, forms) => {
    const ids = family(name);
    const counted: Record<string, number> = {};
    for (const { form } of ids.flatMap(({ definitions }) => definitions))
      counted[form] = (counted[form] ?? 0) + 1;
    expect([ids.length, ids.flatMap((identifier) => identifier.places).length, counted]).toEqual([
      distinct,
      places,
      forms,
    ]);
  });

  it('207 codex rules stand at the start of a line, all in the Codex fence', () => {
    const rules = family('CX').flatMap(({ definitions }) =>
      definitions.filter(({ line }) => index.files[0]!.lines[line - 1]!.startsWith('[CX-')),
    );
    expect(rules).toHaveLength(207);
    expect(rules.filter(({ line }) => line < 30_332 || line > 31_471)).toEqual([]);
    expect(new Set(rules.map(({ section }) => section?.container))).toEqual(new Set([30_332]));
  });

  it('those that are named and never defined', () => {
    expect(withoutDefinition('CX-MM')).toEqual(['CX-MM-CONSENT-MISSING']);
    expect(withoutDefinition('HSK')).toEqual([
      'HSK-403-SILENT-EDIT',
      'HSK-4001',
      'HSK-SIDECAR-INTEGRATION',
      'HSK-4002',
    ]);
    expect(withoutDefinition('VAL')).toEqual(['VAL-HTC-001']);
    expect(withoutDefinition('CX-*')).toEqual(['CX-VAL-GATE-FAIL']);
    for (const name of ['INV', 'TRUST', 'T', 'AP', 'RULE', 'LM', 'EXEC', 'G', 'AC-OPS', '*-VAL'])
      expect(withoutDefinition(name), name).toEqual([]);
  });

  it('conformance tests that the body and the archived addendum define differently', () => {
    const twice = family('T').filter(({ definitions }) => definitions.length > 1);
    expect(twice.map(({ id }) => id.replace(/-\d+$/, '')).join(' ')).toBe(
      'T-MAILBOX T-MAILBOX T-MAILBOX T-MAILBOX T-CHANNEL T-CHANNEL T-GOV T-GOV T-GOV T-GOV T-GOV T-PROFILE T-PROFILE T-PROFILE T-PROFILE T-PROFILE',
    );
    for (const { definitions } of twice) {
      expect(definitions.map(({ section }) => section?.kind)).toEqual(['body', 'appendix']);
      expect(definitions[0]!.title).not.toBe(definitions[1]!.title);
    }
  });
});

describe('Flight Recorder events against the research', () => {
  interface Row {
    id: string;
    type: string;
    form: string;
    line: number;
  }
  const table = readFileSync(join(corpusRoot, '..', '..', 'research', 'spec-events.tsv'), 'utf8');
  const rows: Row[] = table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'))
    .map(([id, type, form, , line]) => ({ id: id!, type: type!, form: form!, line: Number(line) }));
  const FORMS: [research: RegExp, form: string][] = [
    [/^markdown table$/, 'table-cell'],
    [/^yaml pseudo-schema$/, 'yaml-event'],
    [/^ts union family/, 'ts-member'],
    [/^ts interface extends/, 'ts-event'],
    [/^ts interface \(standalone/, 'ts-interface'],
    [/^prose list/, 'bullet'],
    [/^prose (anchor|mirror) \(bullet/, 'bold-bullet'],
  ];
  const formOf = (row: Row): string | undefined => FORMS.find(([research]) => research.test(row.form))?.[1];

  // Rows of a defining form that are no definition of an id: each with the reason.
  const EXPLAINED: [line: number, why: string][] = [
    [5172, 'an audit record; it has no event id'],
    [12_683, 'a base interface; it has no event id'],
    [20_487, 'a sketch: its field names the placeholder FR-EVT-LLM-0xx'],
    [62_433, 'event kinds of the DuckDB table; they have no event id'],
    [64_250, 'the base interface; it has no event id'],
    [68_923, 'one shape for six ids: its field names the placeholder FR-EVT-RUNTIME-MAILBOX-1xx'],
    [69_242, 'the base interface of the archived addendum; it has no event id'],
  ];

  it('has 268 rows, 224 of a defining form', () => {
    expect(rows).toHaveLength(268);
    expect(rows.filter((row) => formOf(row) !== undefined)).toHaveLength(224);
  });
  it('every row of a defining form is a definition at its line, in that form and with that type', () => {
    const missing: number[] = [];
    for (const row of rows) {
      const form = formOf(row);
      if (form === undefined) continue;
      const definition = identifierById(index, row.id)?.definitions.find(({ line }) => line === row.line);
      if (!definition) {
        missing.push(row.line);
        continue;
      }
      expect([row.id, row.line, definition.form]).toEqual([row.id, row.line, form]);
      if (row.type !== '' && form !== 'bullet')
        expect([row.id, definition.title]).toEqual([row.id, row.type]);
    }
    expect(missing.sort((a, b) => a - b)).toEqual(EXPLAINED.map(([line]) => line));
  });
  it('rows of other forms (emits, prohibitions, examples) are places and no definitions', () => {
    const others = rows.filter((row) => formOf(row) === undefined && /^FR-EVT-(?!.*x$)/.test(row.id));
    expect(others).toHaveLength(39);
    for (const { id, line } of others) {
      const identifier = identifierById(index, id);
      expect([id, identifier?.places.some((place) => place.line === line)]).toEqual([id, true]);
      expect([id, identifier?.definitions.some((definition) => definition.line === line)]).toEqual([
        id,
        false,
      ]);
    }
  });
  it('what is found beside the rows are six headings that name an event', () => {
    const known = new Set(rows.map(({ id, line }) => `${id} ${line}`));
    const more = family('FR-EVT').flatMap(({ id, definitions }) =>
      definitions
        .filter(({ line }) => !known.has(`${id} ${line}`))
        .map(({ line, form }) => `${line} ${form}`),
    );
    expect(more.sort()).toEqual(
      [13_258, 13_279, 13_324, 64_368, 64_974, 64_985].map((line) => `${line} heading`),
    );
  });
  it('no id is missing, and none is invented', () => {
    const ids = new Set(rows.map(({ id }) => id).filter((id) => /^FR-EVT-(?!.*(?:x$|\.\.))/.test(id)));
    expect(
      family('FR-EVT')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
  });
  it('every member of a family has the interface that gives its fields', () => {
    const members = family('FR-EVT').flatMap(({ definitions }) =>
      definitions.filter(({ form }) => form === 'ts-member'),
    );
    expect(members).toHaveLength(26);
    for (const { line, shape } of members) expect(shape?.line).toBeGreaterThan(line);
  });
});

describe('identifiers resolve', () => {
  const cases: [id: string, status: string, line: number | undefined][] = [
    ['INV-MM-001', 'UNIQUE', 19_848],
    ['INV-SPAWN-001', 'IN_TEMPLATE_FENCE', 30_739],
    ['TRUST-003', 'IN_TEMPLATE_FENCE', 31_051],
    ['CX-MM-003', 'UNIQUE', 20_110],
    ['CX-MM-CONSENT-MISSING', 'UNRESOLVED', undefined],
    ['[CX-101]', 'IN_TEMPLATE_FENCE', 30_362],
    ['[CX-573F]', 'NOT_MAIN_BODY', 36_718],
    ['CX-WT-001', 'AMBIGUOUS', undefined],
    ['CX-DBP-001', 'UNIQUE', 3200],
    ['HSK-WF-003', 'UNIQUE', 8556],
    ['HSK-400-INVALID-EVENT', 'UNIQUE', 64_236],
    ['VAL-DIAG-001', 'UNIQUE', 64_160],
    // "Completeness" in 10.5.6.12 and "completeness" in 11.4: two sections, two texts, both Main Body.
    ['VAL-BUNDLE-001', 'AMBIGUOUS', undefined],
    ['T-MAILBOX-001', 'UNIQUE', 10_037],
    ['T-MODEL-001', 'APPENDIX', 69_282],
    ['LM-VIEW-002', 'AMBIGUOUS', undefined],
    ['DIAG-SCHEMA-002', 'UNIQUE', 64_070],
    ['FR-EVT-001', 'UNIQUE', 64_273],
    ['FR-EVT-002', 'UNIQUE', 64_303],
    ['FR-EVT-004', 'UNIQUE', 64_335],
    ['FR-EVT-007', 'UNIQUE', 64_394],
    ['FR-EVT-DATA-001', 'UNIQUE', 64_611],
    ['FR-EVT-MODEL-003', 'UNIQUE', 64_790],
    ['FR-EVT-LLM-EXEC-001', 'UNIQUE', 64_989],
    // Two events of one name in the Main Body: Locus and the micro-task executor.
    ['FR-EVT-MT-001', 'AMBIGUOUS', undefined],
    ['FR-EVT-MT-006', 'AMBIGUOUS', undefined],
    ['FR-EVT-MT-009', 'UNIQUE', 12_660],
    ['FR-EVT-SESS-004', 'IN_TEMPLATE_FENCE', 30_963],
    ['FR-EVT-SEC-VIOLATION', 'UNRESOLVED', undefined],
    ['[ADD v02.137]', 'AMBIGUOUS', undefined],
  ];
  it.each(cases)('%s → %s at %s', (id, status, line) => {
    const result = resolveAnchor(index, id);
    expect([result.status, result.identifier?.definition.line]).toEqual([status, line]);
  });
  it('of the events with more than one name those are ambiguous that the Main Body itself names twice', () => {
    const ambiguous = family('FR-EVT').filter(({ id }) => resolveAnchor(index, id).status === 'AMBIGUOUS');
    expect(ambiguous.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `FR-EVT-MT-00${n}`));
  });
  it.each([
    ['FR-EVT-SESS-*', 5],
    ['FR-EVT-SESS-SPAWN-*', 5],
    ['FR-EVT-SESS-SCHED-*', 4],
    ['FR-EVT-LOOM-*', 12],
    ['FR-EVT-DATA-*', 15],
    ['INV-SPAWN-*', 4],
  ])('%s covers %i ids', (group, count) => {
    const { reasons, flags } = resolveAnchor(index, group);
    expect(reasons[0]).toContain(`it covers ${count} ids`);
    expect(flags).toEqual(['WILDCARD']);
  });
  it('[ADD v02.137] marks 17 sections', () => {
    expect(resolveAnchor(index, '[ADD v02.137]').candidates).toHaveLength(17);
  });
});

describe('numbers that are gone or mean another section', () => {
  it.each([
    [
      '2.9.3.2 Storage Guard Trait',
      'UNRESOLVED',
      'renumbered? The title stands at 2.9.2.2 "Storage Guard Trait" (line 15695)',
    ],
    [
      '2.9.3 Mutation Traceability',
      'TITLE_MISMATCH',
      'renumbered? The title stands at 2.9.2 "Mutation Traceability" (line 15655)',
    ],
    ['2.3.12.5 [CX-DBP-030]', 'UNRESOLVED', 'CX-DBP-030 stands in 2.3.13.5, line 3431'],
    [
      '4.3.9.99',
      'UNRESOLVED',
      'nearest: 4.3.9.20 "Inbound Trust Boundary Rules" (line 31035), 4.3.9.21 "Anti-Pattern Registry" (line 31056)',
    ],
    ['INV-SPWAN-001', 'UNRESOLVED', 'nearest: INV-SPAWN-001'],
  ])('%s', (anchor, status, hint) => {
    const result = resolveAnchor(index, anchor);
    expect(result.status).toBe(status);
    expect(result.reasons).toContain(hint);
  });
});

describe('the anchors of the 58 refinements', () => {
  const folder = join(corpusRoot, '.GOV', 'refinements');
  const anchors = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^- SPEC_ANCHOR:[ \t]*(.*?)\r?$/gm)].map(
      (match) => match[1]!,
    ),
  );
  it('are 233; 12 pin a line, and 4 of those name nothing else', () => {
    const pinned = anchors.map((anchor) => parseAnchor(anchor)).filter(({ line }) => line !== undefined);
    expect(anchors).toHaveLength(233);
    expect(pinned).toHaveLength(12);
    expect(
      pinned.filter(({ number, identifier }) => number === undefined && identifier === undefined),
    ).toHaveLength(4);
  });
  // Read one by one. The 15 are: four lines of v02.113; ten times 2.3.12.*, which is 2.3.13.* now, as the id in
  // brackets tells; and 2.9.3.2. One mismatch is that of a list: `+ 4.2 EngineResult envelope` means chapter 4.2 of
  // the document in 11.8, and the spec's own 4.2 is another clause.
  it('against v02.137, by status', () => {
    const counts = statusCounts(anchors.map((anchor) => resolveAnchor(index, anchor)));
    expect(counts).toEqual({
      NO_NUMBER: 6,
      UNRESOLVED: 15,
      TITLE_MISMATCH: 17,
      APPENDIX: 2,
      ROADMAP: 2,
      NOT_MAIN_BODY: 14,
      IN_TEMPLATE_FENCE: 7,
      HIDDEN_BY_BROKEN_FENCE: 1,
      MISPLACED: 3,
      ADDENDUM_PARAGRAPH: 1,
      UNIQUE: 165,
    });
  });
});
