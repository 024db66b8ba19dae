import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../tools/cli/command.ts';
import { createOutput } from '../../tools/cli/output.ts';
import { printGate } from '../../tools/cli/reporters/gate.ts';
import { printStep, type StepAnswer } from '../../tools/cli/reporters/step.ts';
import type { Evidence, WpItem, WpStatus } from '../../tools/gate/index.ts';

const WP = 'WP-1-Session-Observability-Spans-FR-v1';
const ENTRY = `.GOV/ledger/${WP}/0003-sign-96afd2cbb0a08336.json`;
const REFINEMENT = `.GOV/refinements/${WP}.md`;

function printed(columns: number, print: (call: Call) => void): string[] {
  let text = '';
  const stdout = { write: (part: string) => (text += part), columns, isTTY: true };
  const out = createOutput({ stdout, stderr: { write: () => {} }, env: {} }, { color: false });
  const call: Call = {
    root: '/tree',
    cwd: '/tree',
    args: [],
    flags: new Set(),
    values: {},
    json: false,
    quiet: false,
    out,
  };
  print(call);
  return text.split('\n').slice(0, -1);
}

const item = (change: Partial<WpItem>): WpItem => ({
  index: 3,
  intent: 'signature',
  text: 'Obtain USER_SIGNATURE for the WP.',
  state: 'ATTESTED',
  evidence: [],
  ...change,
});

const status = (change: Partial<WpStatus>): WpStatus => ({
  schema: 'govkit.wp@1',
  wp_id: WP,
  stage: 'SIGNATURE',
  ready: false,
  items: [],
  blockers: [],
  waived: [],
  notes: [],
  next: null,
  ...change,
});

/** A command is typed as it stands: it is the one thing that no line break may part. */
const tooWide = (lines: readonly string[], columns: number): string[] =>
  lines.filter((line) => stringWidth(line) > columns && !line.startsWith('next '));

describe('gov wp status', () => {
  const said = 'ilja301120261622; could have been typed by anyone';
  const claims: Evidence[] = [
    { kind: 'ledger', file: ENTRY, line: 1, detail: said },
    { kind: 'refinement', file: REFINEMENT, line: 11, detail: said },
    { kind: 'audit', file: '.GOV/roles_shared/SIGNATURE_AUDIT.md', line: 9, detail: said },
  ];

  it('says once what several places say, and names them all', () => {
    const lines = printed(120, (call) => printGate(call, status({ items: [item({ evidence: claims })] })));
    expect(lines.slice(4, -2)).toEqual([
      `3  signature         attested  ${said}`,
      `${' '.repeat(31)}${ENTRY}:1`,
      `${' '.repeat(31)}${REFINEMENT}:11`,
      `${' '.repeat(31)}.GOV/roles_shared/SIGNATURE_AUDIT.md:9`,
    ]);
  });

  it('a place that the sentence names is not repeated', () => {
    const evidence: Evidence[] = [
      { kind: 'absent', file: REFINEMENT, line: 1, detail: `${REFINEMENT}: not committed yet` },
      {
        kind: 'board',
        file: '.GOV/roles_shared/TASK_BOARD.md',
        line: 15,
        detail: 'TASK_BOARD.md:15 says [STUB]',
      },
    ];
    const lines = printed(120, (call) =>
      printGate(call, status({ items: [item({ state: 'FAIL', evidence })] })),
    );
    expect(lines.slice(4, -2)).toEqual([
      `3  signature         open      ${REFINEMENT}: not committed yet`,
      `${' '.repeat(31)}TASK_BOARD.md:15 says [STUB]`,
    ]);
  });

  it('says who lets a blocker pass, and until when', () => {
    const waived = [
      {
        wp_id: 'WP-1-Core-v1',
        detail: 'waived by ilja until 2026-12-31: only its types are used',
        file: `.GOV/ledger/${WP}/0005-waive-4bf73ffa379886a0.json`,
        line: 1,
      },
    ];
    expect(printed(120, (call) => printGate(call, status({ waived }))).slice(4, -2)).toEqual([
      '   blocker           waived    WP-1-Core-v1 waived by ilja until 2026-12-31: only its types are used',
      `${' '.repeat(31)}.GOV/ledger/${WP}/0005-waive-4bf73ffa379886a0.json:1`,
    ]);
  });

  it.each([60, 80])('fits into %i columns, whatever ids and reasons are like', (columns) => {
    const blocker = { wp_id: WP, detail: `depends on ${WP}, which has no packet`, file: ENTRY, line: 1 };
    const lines = printed(columns, (call) =>
      printGate(
        call,
        status({
          items: [
            item({ evidence: claims }),
            item({ evidence: [{ kind: 'note', detail: 'x'.repeat(300) }] }),
          ],
          blockers: [blocker],
          waived: [{ ...blocker, detail: `waived by ilja until 2026-12-31: ${'because '.repeat(40)}` }],
          notes: [`what the ledger says does not count: ${ENTRY}: Unexpected parent`],
          refusal: `${WP} is superseded and must not be activated: ${REFINEMENT}:20 says "SUPERSEDED"`,
          next: `just waive ${WP} WP-1-Core-v1 --reason {reason} --until {YYYY-MM-DD}`,
        }),
      ),
    );
    expect(tooWide(lines, columns)).toEqual([]);
    expect(lines.at(-1)).toBe(`next   just waive ${WP} WP-1-Core-v1 --reason {reason} --until {YYYY-MM-DD}`);
  });
});

describe('a step', () => {
  const answer = (change: Partial<StepAnswer>): StepAnswer => ({
    schema: 'govkit.plan@1',
    wp_id: WP,
    step: 'sign',
    applied: true,
    unmet: [],
    said: [],
    writes: [],
    git: [],
    next: null,
    ...change,
  });

  const show = (call: Call, plan: StepAnswer): void => printStep(call, plan, { files: true });

  it('says what it did, what it wrote, and what comes next', () => {
    const lines = printed(120, (call) =>
      show(
        call,
        answer({
          said: [
            'signed 52 parts of the refinement; since the last signature:',
            '  changed refinement:GAPS  a.md:3',
          ],
          writes: [
            { path: ENTRY, text: '{}' },
            { path: REFINEMENT, text: null },
          ],
          next: `just record-prepare ${WP}`,
        }),
      ),
    );
    expect(lines).toEqual([
      'signed 52 parts of the refinement; since the last signature:',
      '  changed refinement:GAPS  a.md:3',
      `  ${ENTRY}`,
      `  gone ${REFINEMENT}`,
      `next   just record-prepare ${WP}`,
    ]);
  });

  it('refused: everything that speaks against it, and that nothing was written', () => {
    const place = { file: REFINEMENT, line: 10, column: 23, endLine: 10, endColumn: 30 };
    const message = 'Unexpected signature, expected an approval before it';
    const unmet = [{ rule: 'wp/refused', severity: 'error' as const, place, message, args: {} }];
    expect(printed(120, (call) => show(call, answer({ applied: false, unmet })))).toEqual([
      REFINEMENT,
      `  10:23  error    wp/refused  ${message}`,
      '',
      'refused · 1 precondition unmet, nothing written',
    ]);
  });

  it.each([60, 80])('fits into %i columns', (columns) => {
    const open = [
      {
        file: REFINEMENT,
        line: 15,
        field: 'GAPS_IDENTIFIED',
        expected: 'what the spec leaves open, or NONE',
      },
      {
        file: REFINEMENT,
        line: 16,
        field: 'RISK_MAP',
        expected: 'what can fail -> what it breaks '.repeat(5),
      },
    ];
    const lines = printed(columns, (call) => {
      show(
        call,
        answer({
          said: [`prepared feat/$WPin ../wt-$WPfor Coder`, `  changed clause:$'4.3.9.15 '.repeat(20)`],
          writes: [{ path: ENTRY, text: '{}' }],
          recovered: { step: 'refine', wp_id: WP },
          open,
        }),
      );
      show(call, answer({ done: `$REFINEMENTis approved as it stands` }));
    });
    expect(tooWide(lines, columns)).toEqual([]);
  });
});
