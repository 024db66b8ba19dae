import { describe, expect, it } from 'vitest';
import { readStub, type Stub, stubState } from '../../tools/artifacts/index.ts';
import { readBase, STUB } from '../checks/base.ts';
import { fileOf, textAt } from './memory.ts';

const FAMILY_L = `# Task Packet Stub: WP-1-Demo-v2

**Status:** STUB (Not Activated)

## Identity
- WP_ID: WP-1-Demo-v2
- BASE_WP_ID: WP-1-Demo
- Created: 2026-01-11
- SPEC_TARGET: .GOV/roles_shared/SPEC_CURRENT.md (currently Demo_Spec_v02.105.md)
- MOOD: good
- SPEC_ANCHOR_CANDIDATE: Demo_Spec_v02.107.md 6.0.1
- SPEC_ANCHOR_CANDIDATE:
  - Demo_Spec_v02.107.md 2.3.14

## SPEC_ANCHOR_CANDIDATES (Main Body, authoritative)
- Demo_Spec_v02.120.md 9.3 Bundles (Normative)

## Roadmap fixed fields (copied from spec; draft)
- Acceptance criteria:
  - It works.

## Scope sketch (draft)
- In scope:
  - One.
    - Deeper.
- Out of scope:
  - Two.

## Activation checklist (before any coding)
1. In-chat Technical Refinement Block.
2. USER_SIGNATURE.
3. Feed the cat.
`;

const family = (text: string): Stub => readStub(fileOf('.GOV/task_packets/stubs/WP-1-Demo-v2.md', text));
const texts = (sited: readonly { text: string }[]): string[] => sited.map(({ text }) => text);

describe('readStub', () => {
  it('reads family M: fields, anchors, scope, checklist', () => {
    const stub = readStub(fileOf(STUB, readBase('stub.md')));
    expect([stub.family, stub.stem, stub.title?.text, stub.wpId?.value]).toEqual([
      'M',
      'WP-1-Demo-v1',
      'WP-1-Demo-v1',
      'WP-1-Demo-v1',
    ]);
    expect([stub.status?.value, stub.status?.note]).toEqual(['STUB', 'NOT READY FOR DEV']);
    expect(stub.roadmapPointer?.raw).toBe('Demo_Spec_v02.137.md 7.6.1 (Phase 1) -> item 1');
    expect(texts(stub.candidates)).toEqual(['Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)']);
    expect([texts(stub.inScope), texts(stub.outOfScope), texts(stub.acceptance)]).toEqual([
      ['The session model.'],
      ['Everything else.'],
      ['A session has a state.'],
    ]);
    expect(stub.checklist?.items.map(({ index, intent, checked }) => [index, intent, checked])).toEqual([
      [1, 'main_body', false],
      [2, 'refinement_block', false],
      [3, 'signature', false],
      [4, 'refinement_file', false],
      [5, 'packet', false],
      [6, 'copy_notes', false],
      [7, 'board', false],
    ]);
  });

  it('reads family L: inline, nested and sectioned anchors, numbered steps, unknown fields and items', () => {
    const stub = family(FAMILY_L);
    expect([stub.family, stub.createdAt?.value, stub.status?.value]).toEqual(['L', '2026-01-11', 'STUB']);
    expect(stub.fields.map(({ key }) => key)).toContain('MOOD');
    expect(texts(stub.candidates)).toEqual([
      'Demo_Spec_v02.107.md 6.0.1',
      'Demo_Spec_v02.107.md 2.3.14',
      'Demo_Spec_v02.120.md 9.3 Bundles (Normative)',
    ]);
    expect([texts(stub.inScope), texts(stub.outOfScope), texts(stub.acceptance)]).toEqual([
      ['One.', 'Deeper.'],
      ['Two.'],
      ['It works.'],
    ]);
    expect(stub.checklist?.items.map(({ intent, checked, text }) => [intent, checked, text])).toEqual([
      ['refinement_block', undefined, 'In-chat Technical Refinement Block.'],
      ['signature', undefined, 'USER_SIGNATURE.'],
      ['other', undefined, 'Feed the cat.'],
    ]);
  });

  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a BOM', (text: string) => `\ufeff${text}`],
    ['a BOM and CRLF', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ])('every value has its place, with %s', (_, change) => {
    const file = fileOf(STUB, change(readBase('stub.md')));
    const stub = readStub(file);
    for (const field of stub.fields) {
      expect(textAt(file, field.place)).toBe(field.raw);
      expect(textAt(file, field.keyPlace)).toBe(field.key);
    }
    const sited = [stub.title!, ...stub.candidates, ...stub.inScope, ...stub.outOfScope, ...stub.acceptance];
    for (const { text, place } of [...sited, ...stub.checklist!.items])
      expect(textAt(file, place)).toBe(text);
  });

  it('an anchor without its dash is no candidate, and is told', () => {
    const stub = family(
      [
        '## STUB_METADATA',
        '- SPEC_ANCHOR_CANDIDATES (Main Body):',
        '    4.3.9.15 Lost',
        '  - 4.3.9.12 Kept, which',
        '    goes on',
        '  4.3.9.17 Lost too',
        '  - 11.5 Kept',
        '    Demo_Spec_v02.137.md 11.9 Lost as well',
        '- OTHER: x',
      ].join('\n'),
    );
    expect(stub.strayCandidates.map(({ text, place }) => [text, place.line])).toEqual([
      ['4.3.9.15 Lost', 3],
      ['4.3.9.17 Lost too', 6],
      ['Demo_Spec_v02.137.md 11.9 Lost as well', 8],
    ]);
  });

  it('dependencies: which block, and which work packets they name', () => {
    const stub = family(
      [
        '## STUB_METADATA',
        '## DEPENDENCIES / BLOCKERS (DRAFT)',
        '- Depends on: the scheduler (WP-1-Core-v1)',
        '  and WP-1-MEX-v1.2-Runtime-v3.',
        '- Coordinates with: WP-1-Panel-v1.',
        '- Depends on:',
        '  - Gate (see stub: WP-1-Gate-v1).',
        '- Related:',
        '  - WP-1-Other-v1',
        '- Main Body text.',
      ].join('\n'),
    );
    const seen = stub.dependencies.map(({ blocking, wpIds }) => [blocking, ...wpIds.map(({ id }) => id)]);
    expect(seen).toEqual([
      [true, 'WP-1-Core-v1', 'WP-1-MEX-v1.2-Runtime-v3'],
      [false, 'WP-1-Panel-v1'],
      [true],
      [true, 'WP-1-Gate-v1'],
      [false],
      [false, 'WP-1-Other-v1'],
      [true],
    ]);
    for (const { id, place } of stub.dependencies.flatMap(({ wpIds }) => wpIds)) {
      expect(textAt(stub.file, place)).toBe(id);
    }
  });

  it.each([
    '',
    '\n',
    '# x',
    '## STUB_METADATA',
    '- WP_ID: x',
    '```',
    '<!--',
    '\u0000',
    '|',
    '## Activation checklist',
  ])('never throws: %j', (text) => {
    expect(family(text).kind).toBe('stub');
  });

  it.each([
    ['STUB (NOT READY FOR DEV)', 'STUB'],
    ['SUPERSEDED (ARCHIVED; do not activate)', 'SUPERSEDED'],
    ['SUPERSEDED_BY_OFFICIAL_PACKET (READY_FOR_DEV)', 'SUPERSEDED'],
    ['ACTIVATED_TO_PACKET', 'ACTIVATED'],
    ['STUBBORN', 'UNKNOWN'],
    ['STUB - SUPERSEDED, do not activate', 'SUPERSEDED'],
    ['STUB, mostly', 'UNKNOWN'],
    ['stub', 'STUB'],
    ['', 'UNKNOWN'],
  ])('status "%s" is %s', (status, state) => {
    expect(stubState(family(`## STUB_METADATA\n- STUB_STATUS: ${status}\n`))).toBe(state);
  });
});
