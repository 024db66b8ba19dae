import { describe, expect, it } from 'vitest';
import {
  purposeKind,
  readRegistry,
  readSignatureAudit,
  readStub,
  readTaskBoard,
} from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

describe('notes of a registry row', () => {
  const registry = (notes: string, board = 'Done: WP-1-A-v2') =>
    readRegistry(
      fileOf(
        'R.md',
        `| Base WP ID | Active Packet | Task Board | Notes |\n|-|-|-|-|\n| WP-1-A | p.md | ${board} | ${notes} |\n`,
      ),
    );

  it.each([
    ['active=WP-1-A-v2', 'active', 'WP-1-A-v2'],
    ['active = `WP-1-A-v2` (no -vN revision)', 'active', 'WP-1-A-v2'],
    ['activated from stub .GOV/s.md', 'activated_from', '.GOV/s.md'],
    ['Activated from stub `a b.md`', 'activated_from', 'a'],
    ['anchored to spec v02.133', 'anchored_to', 'v02.133'],
    ['stub (remediation)', 'stub', 'remediation'],
    ['stub', 'stub', undefined],
    ['stubborn', 'other', undefined],
    ['new roadmap item (a; b)', 'other', undefined],
    ['active', 'other', undefined],
  ])('%s', (notes, kind, value) => {
    const { rows, file } = registry(notes);
    expect(rows[0]!.parts.map((part) => [part.kind, part.value?.text, part.text])).toEqual([
      [kind, value, notes],
    ]);
    for (const part of rows[0]!.parts) expect(textAt(file, part.place)).toBe(part.text);
    for (const { value: each } of rows[0]!.parts) expect(each && textAt(file, each.place)).toBe(each?.text);
  });

  it('parts in order, their ids with places, also behind an escaped pipe', () => {
    const { rows, file } = registry('a \\| b; supersedes: WP-1-A (FAIL), `WP-1-A-v1`;; active=WP-1-A-v2');
    const { parts, supersedes, active } = rows[0]!;
    expect([parts.map(({ kind }) => kind), supersedes, active]).toEqual([
      ['other', 'supersedes', 'active'],
      ['WP-1-A', 'WP-1-A-v1'],
      'WP-1-A-v2',
    ]);
    expect(parts[1]!.ids.map(({ place }) => textAt(file, place))).toEqual(['WP-1-A', 'WP-1-A-v1']);
    expect(textAt(file, parts[0]!.place)).toBe('a \\| b');
  });

  it.each([
    ['Done: WP-1-A-v2', 'Done', 'WP-1-A-v2'],
    ['Stub Backlog (Not Activated): `WP-1-A-v2`', 'Stub Backlog (Not Activated)', 'WP-1-A-v2'],
    ['Done', 'Done', undefined],
    ['see: the board', 'see: the board', undefined],
    ['WP-1-A-v2', 'WP-1-A-v2', undefined],
    ['', undefined, undefined],
  ])('board cell "%s"', (board, section, id) => {
    const { rows, file } = registry('x', board);
    const { boardSection, boardId } = rows[0]!;
    expect([boardSection?.text, boardId?.text]).toEqual([section, id]);
    for (const each of [boardSection, boardId]) expect(each && textAt(file, each.place)).toBe(each?.text);
  });
});

describe('details of a board entry', () => {
  const entryOf = (line: string) => {
    const { entries, file } = readTaskBoard(fileOf('B.md', `## Done (Phase 1)\n${line}\n`));
    return { entry: entries[0], file };
  };

  it.each([
    [
      '- **[WP-1-A-v1]** - [ACTIVE] - branch: feat/WP-1-A-v1 - coder: Coder-A - last_sync: 2026-02-24',
      [
        ['branch', 'feat/WP-1-A-v1'],
        ['coder', 'Coder-A'],
        ['last_sync', '2026-02-24'],
      ],
    ],
    ['* **[WP-1-A-v1]** -  [STUB]', []],
    ['- **[WP-1-A-v1]** - [STUB] - remark without a key', []],
    ['- **[WP-1-A-v1]** - [BLOCKED] - blocked_by: a - b', [['blocked_by', 'a - b']]],
    ['- **[WP-1-A-v1]** - branch: x', [['branch', 'x']]],
  ])('%s', (line, details) => {
    const { entry, file } = entryOf(line);
    expect(entry!.details.map(({ key, value }) => [key, value])).toEqual(details);
    for (const { value, place } of entry!.details) expect(textAt(file, place)).toBe(value);
    expect(entry!.section).toBe('Done (Phase 1)');
  });

  it('blocked_by: every id, and not those that its reasons name', () => {
    const { entry, file } = entryOf(
      '- **[WP-1-A-v1]** - [BLOCKED] - blocked_by: WP-1-B-v2 (after WP-1-C-v1), WP-1-D-v1 - note: WP-1-E-v1',
    );
    expect(entry!.blockedBy.map(({ id, place }) => [id, textAt(file, place)])).toEqual([
      ['WP-1-B-v2', 'WP-1-B-v2'],
      ['WP-1-D-v1', 'WP-1-D-v1'],
    ]);
  });

  it.each([
    ['in a fence', '```\n- **[WP-1-A-v1]** - [STUB]\n```'],
    ['in a comment', '<!--\n- **[WP-1-A-v1]** - [STUB]\n-->'],
    ['in a code span', '- `- **[WP-1-A-v1]** - [STUB]`'],
    ['not bold', '- [WP-1-A-v1] - [STUB]'],
  ])('%s there is none', (_, text) => {
    expect(entryOf(text).entry).toBeUndefined();
  });
});

describe('the signature audit', () => {
  it.each([
    ['Task packet creation: WP-1-A-v1', 'packet_creation'],
    ['Task packet activation: WP-1-A-v1', 'packet_activation'],
    ['Spec Enrichment v02.134 (x)', 'spec_enrichment'],
    ['Spec update: v02.130 x', 'spec_update'],
    ['Override: edit locked task packet WP-1-A-v1', 'override'],
    ['Scope expansion approval: WP-1-A-v1', 'scope_expansion'],
    ['Waiver approval: WAIVER-1', 'waiver'],
    ['Strategic Pause: x', 'strategic_pause'],
    ['Delegation of WP-1-A-v1 to Coder', 'delegation'],
    ['(INVALID - REUSED BY ERROR)', 'invalid'],
    ['Lunch', 'other'],
  ])('"%s" is %s', (purpose, kind) => {
    expect(purposeKind(purpose)).toBe(kind);
  });

  it.each([
    ['2026-02-24 03:46', '2026-02-24T03:46:00'],
    ['2026-02-30 03:46', undefined],
    ['9999-99-99 99:99', undefined],
    ['2026-02-24 24:00', undefined],
    ['yesterday', undefined],
  ])('Date/Time "%s"', (at, minute) => {
    const text = `| Signature | Used By | Date/Time |\n|-|-|-|\n| x | O | ${at} |\n`;
    const [row] = readSignatureAudit(fileOf('A.md', text)).rows;
    expect([row!.minute, row!.cells]).toEqual([minute, 3]);
  });

  it('without its table no line is known', () => {
    expect(readSignatureAudit(fileOf('A.md', '## Consumed Signatures\n')).headerLine).toBeUndefined();
  });
});

describe('stubs', () => {
  const stub = (...lines: string[]) =>
    readStub(fileOf('WP-1-A-v1.md', ['## STUB_METADATA', ...lines].join('\n')));

  it.each([
    ['Demo_Spec_v02.137.md 7.6.3 (Phase 1) -> items 36-37 (why 1.2)', '7.6.3', '36-37'],
    ['Demo_Spec_v02.137.md 7.6.3 item 9 (x)', '7.6.3', '9'],
    ['7.6.3 -> items 3, 5 and 7-8', '7.6.3', '3 5 7-8'],
    ['\u00a77.5.4.8\u2013\u00a77.5.4.9 (x)', '7.5.4.8..7.5.4.9', ''],
    ['A7.5.4.8 / A7.5.4.9', '7.5.4.8 7.5.4.9', ''],
    ['A\u00c2\u00a77.6.3 (Phase 1) -> x', '7.6.3', ''],
    ['items 31 (x) + 4.3.9.14 consent gate', '4.3.9.14', '31'],
    ['Phase 1 runtime v2.2.1, 3 of them', '', ''],
  ])('ROADMAP_POINTER: %s', (raw, sections, items) => {
    const { roadmap, file } = stub(`- ROADMAP_POINTER: ${raw}`);
    expect(roadmap!.sections.map(({ number, to }) => (to ? `${number}..${to}` : number)).join(' ')).toBe(
      sections,
    );
    expect(roadmap!.items.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ')).toBe(
      items,
    );
    for (const { place } of roadmap!.items) expect(textAt(file, place)).toMatch(/^\d+(?:-\d+)?$/);
    if (roadmap!.file) expect(textAt(file, roadmap!.file.place)).toBe('Demo_Spec_v02.137.md');
  });

  it('N/A points nowhere', () => {
    expect(stub('- ROADMAP_POINTER: N/A (Operator request)').roadmap?.applies).toBe(false);
  });

  it.each([
    ['- [x] a', 'x', true],
    ['- [X] a', 'X', true],
    ['- [ ] a', ' ', false],
    ['- [~] a', '~', undefined],
    ['- [\u2713] a', '\u2713', undefined],
    ['- [\u00e2\u0153\u201c] a', '\u00e2\u0153\u201c', undefined],
    ['- [] a', '', undefined],
    ['- [ x ] a', ' x ', undefined],
    ['- [-] a', '-', undefined],
    ['[ ] a', ' ', undefined],
    ['[x] a', 'x', undefined],
    ['1. a', undefined, undefined],
    ['- a', undefined, undefined],
  ])('the item "%s" survives, in its state', (line, box, checked) => {
    const { checklist, file } = stub('## ACTIVATION_CHECKLIST', '', line);
    expect(checklist!.items.map((item) => [item.text, item.box, item.checked])).toEqual([
      ['a', box, checked],
    ]);
    const [item] = checklist!.items;
    expect(textAt(file, item!.place)).toBe('a');
    if (item!.boxPlace) expect(textAt(file, item!.boxPlace)).toBe(`[${box}]`);
  });

  it.each([
    ['a reference', '- [1] a', '[1] a'],
    ['a link', '- [a](b)', '[a](b)'],
    ['a heading', '- # a', '# a'],
    ['an item in it', '- - a', '- a'],
  ])('%s is text', (_, line, text) => {
    const { items } = stub('## ACTIVATION_CHECKLIST', line).checklist!;
    expect(items.map((item) => [item.text, item.box])).toEqual([[text, undefined]]);
  });
});
