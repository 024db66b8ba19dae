import { describe, expect, it } from 'vitest';
import { latestReport, packetState, readPacket, waiversInForce } from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

const packet = (...lines: string[]) =>
  readPacket(
    fileOf('.GOV/task_packets/WP-1-Demo-v2.md', ['# Task Packet: WP-1-Demo-v2', ...lines].join('\n')),
  );

describe('packetState', () => {
  it.each([
    ['- **Status:** In Progress', 'IN_PROGRESS'],
    ['- STATUS: In-Progress (not done yet)', 'IN_PROGRESS'],
    ['**Status:** IN_PROGRESS', 'IN_PROGRESS'],
    ['Status: in progress.', 'IN_PROGRESS'],
    ['* **Status:** Done [VALIDATED]', 'DONE'],
    ['- Status: VALIDATED (per Task Board Done column)', 'VALIDATED'],
    ['- **Status**: Ready-for-Dev', 'READY_FOR_DEV'],
    ['**Status:** READY FOR DEV \u00f0\u0178\u201d\u00b4  ', 'READY_FOR_DEV'],
    ['**Status:** READY FOR DEV \u{1f534}', 'READY_FOR_DEV'],
    ['**Status:** `Done` ???', 'DONE'],
    ['**STATUS:** HARD-VALIDATED (2025-12-27)', 'VALIDATED'],
    ['- STATUS: In-Progress (again, against v02.96).', 'IN_PROGRESS'],
    ['- STATUS: Not done', 'UNKNOWN'],
    ['- STATUS: Done when validated', 'UNKNOWN'],
    ['- STATUS: constructor', 'UNKNOWN'],
    ['- STATUS: <unclaimed>', 'UNKNOWN'],
    [`- STATUS: ${'Done '.repeat(100)}`, 'UNKNOWN'],
    ['no status', 'UNKNOWN'],
  ])('%s', (line, state) => {
    expect(packetState(packet('## METADATA', line))).toBe(state);
  });
});

describe('the manifest', () => {
  const block = (...more: string[]) => ['## VALIDATION', '- **Target File**: `src/a.ts`', ...more];

  it('reads each block, in both spellings', () => {
    const { manifest, file } = packet(
      ...block('- **Start**: 1', '- **End**: 20', '- **Line Delta**: -3', '- **Pre-SHA1**: `abc`'),
      '- **Post-SHA1**: `def`',
      '- **Gates Passed**:',
      '  - [x] anchors_present',
      '  - [ ] window_matches_plan',
      '  - [~] all_links_resolvable',
      '- **Lint Results**: none',
      '',
      '- Target File: src/b.ts',
      '- Start: <line>',
    );
    expect(
      manifest.map(({ path, window, delta, gates }) => ({ path, window, delta, gates: gates.length })),
    ).toEqual([
      { path: 'src/a.ts', window: { start: 1, end: 20 }, delta: -3, gates: 3 },
      { path: 'src/b.ts', window: undefined, delta: undefined, gates: 0 },
    ]);
    expect(
      manifest[0]!.gates.map(({ name, checked, place }) => [name, checked, textAt(file, place)]),
    ).toEqual([
      ['anchors_present', true, 'anchors_present'],
      ['window_matches_plan', false, 'window_matches_plan'],
      ['all_links_resolvable', undefined, 'all_links_resolvable'],
    ]);
  });

  it.each([
    ['a block that lost its first line', ['- **Start**: 1', '- **End**: 2', '- **Line Delta**: 1'], 1],
    ['a start of something else', ['- Start: tomorrow'], 0],
    ['a block in a fence', ['```', ...block('- **Start**: 1'), '```'], 0],
    [
      'what the template says about them',
      ['- repeat it (multiple `**Target File**` entries are supported).'],
      0,
    ],
  ])('%s', (_, lines, count) => {
    expect(packet(...lines).manifest).toHaveLength(count);
  });
});

describe('waivers (G29)', () => {
  const waivers = (...lines: string[]) => packet('## WAIVERS GRANTED', ...lines).waivers;

  it.each([
    [
      "the template's own line",
      ['- (Record explicit user waivers here per [CX-573F]. Include Waiver ID, Date.)'],
      0,
    ],
    ['the same without parentheses', ['- Record explicit user waivers here per [CX-573F].'], 0],
    ['none', ['- NONE'], 0],
    ['none, in a sentence', ['- No waivers granted.'], 0],
    ['one that nobody filled in', ['- Waiver ID: <fill>', '  - Scope: none'], 0],
    ['one whose text says none', ['- WAIVER-1: none of the links is checked'], 1],
    ['one in a fence', ['```', '- WAIVER-1: x', '```'], 0],
    ['prose about one', ['CX-573F is how waivers are recorded.'], 0],
    ['two', ['- WAIVER-1 [CX-573F]', '  - Scope: a', '- WAIVER-2', '  - Scope: b'], 2],
    [
      'one over lines of its own',
      ['- Waiver: Go on with a dirty tree.', '- Source: chat', '- Constraints: none'],
      1,
    ],
  ])('%s', (_, lines, count) => {
    expect(waivers(...lines)).toHaveLength(count);
  });

  it.each([
    [
      [
        '- WAIVER-A-001 [CX-573F]',
        '  - Date: 2026-01-18',
        '  - Scope: a (b)',
        '  - Approver: ilja',
        '  - Expiry: On WP closure.',
      ],
    ],
    [
      [
        '- Waiver ID: WAIVER-A-001',
        '  - Policy: CX-573F',
        '  - Date: 2026-01-18',
        '  - Scope: a (b)',
        '  - Granted By: ilja',
        '  - Expiry: On WP closure.',
      ],
    ],
    [
      [
        '- WAIVER_ID: WAIVER-A-001 | Date: 2026-01-18 | Check Waived: CX-573F | Scope: a (b) | Approver: ilja | Expiry: On WP closure.',
      ],
    ],
    [
      [
        '- WAIVER_ARTIFACT: Waiver ID=WAIVER-A-001; Date=2026-01-18; Policy=CX-573F; Scope=a (b); Approver=ilja; Expiry=On WP closure.',
      ],
    ],
    [['- [WAIVER-A-001] 2026-01-18, CX-573F. Scope: a (b). Approver: ilja. Expires: On WP closure.']],
  ])('every form gives the same record: %j', (lines) => {
    const [waiver] = waivers(...lines);
    const { id, codes, date, scope, approver, expiry, untilClosure } = waiver!;
    expect([id?.text, codes, date?.text, scope?.text.replace(/\.$/, ''), untilClosure]).toEqual([
      'WAIVER-A-001',
      ['CX-573F'],
      '2026-01-18',
      'a (b)',
      true,
    ]);
    expect([approver?.text.replace(/\.$/, ''), expiry?.text]).toEqual(['ilja', 'On WP closure.']);
    const { file } = packet('## WAIVERS GRANTED', ...lines);
    for (const each of [id!, date!, scope!, expiry!]) expect(textAt(file, each.place)).toBe(each.text);
  });

  it.each([
    ['Ready for Dev', 'Expiry: 2026-03-01', '2026-03-01', 1],
    ['Ready for Dev', 'Expiry: 2026-03-01', '2026-03-02', 0],
    ['Ready for Dev', 'Expiry: on WP closure', '2026-03-02', 1],
    ['Done', 'Expiry: on WP closure', '2026-03-02', 0],
    ['Done', 'Expiry: Permanent', '2030-01-01', 1],
    ['Done', 'Expiry: Phase 1 closure', '2026-03-02', 1],
  ])('in a packet that is %s, "%s" on %s: %i in force', (status, expiry, today, count) => {
    const own = packet(
      '## METADATA',
      `- **Status:** ${status}`,
      '## WAIVERS GRANTED',
      '- WAIVER-1',
      `  - ${expiry}`,
    );
    expect(waiversInForce(own, today)).toHaveLength(count);
  });

  it('what a report repeats grants nothing', () => {
    expect(
      packet('## VALIDATION_REPORTS', '### x', '#### Waivers [CX-573F]', '- WAIVER-1: a').waivers,
    ).toEqual([]);
  });
});

describe('SKELETON APPROVED', () => {
  it.each([
    ['a line of its own', ['SKELETON APPROVED'], 1],
    ['with blanks around it', ['  SKELETON APPROVED  '], 1],
    ['in a fence', ['```', 'SKELETON APPROVED', '```'], 0],
    ['in a fence of tildes', ['~~~', 'SKELETON APPROVED', '~~~'], 0],
    [
      'behind a fence in a fence',
      ['````', '```', 'SKELETON APPROVED', '```', '````', 'SKELETON APPROVED'],
      1,
    ],
    ['in a comment', ['<!--', 'SKELETON APPROVED', '-->'], 0],
    ['in a sentence', ['no "SKELETON APPROVED" yet', '- **SKELETON APPROVED**: no'], 0],
    ['with a signature', ['SKELETON APPROVED [ilja261220252345]'], 0],
  ])('%s', (_, lines, count) => {
    const { skeletonApprovals, file } = packet('## SKELETON', ...lines);
    expect(skeletonApprovals.map((place) => textAt(file, place))).toEqual(
      Array<string>(count).fill('SKELETON APPROVED'),
    );
  });
});

describe('validation reports', () => {
  const FAIL = ['### VALIDATION REPORT - 2026-02-20', 'Verdict: FAIL'];
  const PASS = ['### VALIDATION REPORT - 2026-02-21', 'Verdict: PASS'];

  it.each([
    ['- FIELD:', '- '],
    ['#### FIELD:', '#### '],
    ['FIELD:', ''],
    ['**FIELD:**', '**'],
  ])('G24: %s', (_, lead) => {
    const shut = lead === '**' ? ':**' : ':';
    const { reports } = packet(
      '## VALIDATION_REPORTS',
      '### VALIDATION REPORT',
      `${lead}VALIDATED_COMMIT${shut} abc`,
      `${lead}VERDICT${shut} PASS (with notes)`,
    );
    expect(
      reports.map(({ verdict, fields }) => [verdict, fields.map(({ key, value }) => [key, value])]),
    ).toEqual([
      [
        'PASS',
        [
          ['VALIDATED_COMMIT', 'abc'],
          ['VERDICT', 'PASS'],
        ],
      ],
    ]);
  });

  it.each([
    ['PASS after FAIL', [...FAIL, ...PASS], 'PASS'],
    ['FAIL below PASS, and older', [...PASS, ...FAIL], 'PASS'],
    [
      'two of one day: the last in the file',
      [...PASS, '### VALIDATION REPORT - 2026-02-21', 'Verdict: FAIL'],
      'FAIL',
    ],
    [
      'by the hour where both have one',
      [
        '### VALIDATION REPORT 2026-02-21T08:00:00Z',
        'Verdict: PASS',
        '### VALIDATION REPORT 2026-02-21T07:00:00Z',
        'Verdict: FAIL',
      ],
      'PASS',
    ],
    [
      'one without a day follows the one above it',
      [...PASS, '### VALIDATION REPORT', 'Verdict: FAIL'],
      'FAIL',
    ],
    [
      'by number where all have one',
      [
        '### VALIDATION REPORT',
        '- REPORT_ID: R-2',
        '- Verdict: PASS',
        '### VALIDATION REPORT',
        '- REPORT_ID: R-1',
        '- Verdict: FAIL',
      ],
      'PASS',
    ],
    ['one in a fence is none', [...FAIL, '```', ...PASS, '```'], 'FAIL'],
    ['half a verdict', ['### VALIDATION REPORT', 'Verdict: FAIL (Process) / PASS (Logic)'], 'UNKNOWN'],
    ['of a heading', ['### 2026-02-01 Validator Report (PASS)', 'all is well'], 'PASS'],
    ['emphasised as a whole', ['### VALIDATION REPORT', '**Verdict: PASS \u2705**'], 'PASS'],
    ['of no heading', ['Verdict: OUTDATED_ONLY'], 'OUTDATED_ONLY'],
    ["the template's choice", ['### VALIDATION REPORT', 'Verdict: PASS | FAIL'], 'UNKNOWN'],
    ['none', ['- (Validator appends official audits and verdicts here.)'], undefined],
  ])('G23: %s', (_, lines, verdict) => {
    expect(latestReport(packet('## VALIDATION_REPORTS', ...lines).reports)?.verdict).toBe(verdict);
  });

  it('all of them stay readable, each with its lines', () => {
    const { reports } = packet('## VALIDATION_REPORTS', ...FAIL, '- a', ...PASS);
    expect(reports.map(({ verdict, at, place, endLine }) => [verdict, at, place.line, endLine])).toEqual([
      ['FAIL', '2026-02-20', 3, 5],
      ['PASS', '2026-02-21', 6, 7],
    ]);
  });
});

describe('what a packet rests on and replaces', () => {
  it('supersedes, without the reasons', () => {
    const { supersedes, file } = packet(
      '## METADATA',
      '- **SUPERSEDES:** WP-1-Demo (as WP-1-Other-v1 did), WP-1-Demo-v1',
    );
    expect(supersedes.map(({ id, place }) => [id, textAt(file, place)])).toEqual([
      ['WP-1-Demo', 'WP-1-Demo'],
      ['WP-1-Demo-v1', 'WP-1-Demo-v1'],
    ]);
  });

  it('lineage: the other packets, by their files too', () => {
    const { lineage } = packet(
      '## LINEAGE_AUDIT (ALL VERSIONS) [CX-580E]',
      '- Prior packets:',
      '  - .GOV/task_packets/WP-1-Demo-v1.md (kept)',
      '- WP_ID: WP-1-Demo-v2',
    );
    expect(lineage?.wpIds.map(({ id }) => id)).toEqual(['WP-1-Demo-v1']);
    expect(lineage?.lines.map(({ text }) => text)[0]).toBe('Prior packets:');
  });

  it('dependencies: fields, lists and sections; what it blocks is none', () => {
    const { dependencies } = packet(
      '## SCOPE',
      '- **Depends on:** WP-1-A-v1 (VALIDATED)',
      '- Dependencies: NONE',
      '### Dependencies',
      '- **Blocks:** WP-1-C-v1',
      '- WP-1-B-v1',
      '## VALIDATION_REPORTS',
      '- Depends on: WP-1-D-v1',
    );
    expect(dependencies.map(({ blocking, wpIds }) => [blocking, wpIds.map(({ id }) => id).join()])).toEqual([
      [true, 'WP-1-A-v1'],
      [false, 'WP-1-C-v1'],
      [true, 'WP-1-B-v1'],
    ]);
  });

  it('G36: six paths in scope, without bullets, labels and sentences', () => {
    const { inScopePaths } = packet(
      '## SCOPE',
      '- IN_SCOPE_PATHS:',
      '  - src/a.ts',
      '  - `src/with space.ts` (append-only)',
      '',
      '  - Backend (Rust):',
      '    - src/b.rs',
      '  - justfile',
      '  - All files of the frontend',
      '  * src/c/**, and the tests',
      '  - .gitattributes',
      '- OUT_OF_SCOPE:',
      '  - src/d.ts',
    );
    expect(inScopePaths.map(({ text }) => text)).toEqual([
      'src/a.ts',
      'src/with space.ts',
      'src/b.rs',
      'justfile',
      'src/c/**',
      '.gitattributes',
    ]);
  });

  it('a folder of its own gives a packet its id', () => {
    expect(readPacket(fileOf('.GOV/task_packets/WP-1-Demo-v1/packet.md', '')).stem).toBe('WP-1-Demo-v1');
  });
});
