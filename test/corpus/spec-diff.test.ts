import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildIndex,
  type Change,
  changeOf,
  diffSpecs,
  fingerprintOf,
  type SectionChange,
  type SpecDiff,
  type SpecIndex,
  sectionsByNumber,
  specFileOf,
} from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';

const name = (version: string): string => `Handshake_Master_Spec_${version}.md`;
const bytes = (version: string): Buffer => readFileSync(join(corpusRoot, name(version)));
const index = (version: string, data: Uint8Array = bytes(version)): SpecIndex =>
  buildIndex(name(version), [specFileOf(name(version), data)]);

describe('v02.134 → v02.137', () => {
  let diff: SpecDiff;
  beforeAll(() => {
    diff = diffSpecs(index('v02.134'), index('v02.137'));
  });
  const of = (change: Change): SectionChange[] =>
    diff.sections.filter((section) => section.change === change);
  const edits = ({ hunks }: SectionChange): string =>
    `+${hunks.reduce((sum, { added }) => sum + added, 0)} -${hunks.reduce((sum, { removed }) => sum + removed, 0)}`;

  // The first changed line is the title's own (37); only the changelog stands before it, and it changed too.
  it('3,631 sections and 3,707: 27 changed, 76 new, the others moved by the lines put before them', () => {
    expect(diff.counts).toEqual({ SAME: 0, MOVED: 3604, CHANGED: 27, RENUMBERED: 0, GONE: 0, NEW: 76 });
    expect([diff.from.sections.length, diff.to.sections.length]).toEqual([3631, 3707]);
  });

  it('4.3.9.12–.21 are new: 10 clauses of level 4 with 42 of level 5', () => {
    const session = of('NEW').filter(({ to }) => /^4\.3\.9\.(?:1[2-9]|2[01])(?:\.|$)/.test(to?.number ?? ''));
    const levels = session.map(({ to }) => to!.level);
    expect(levels.filter((level) => level === 4)).toHaveLength(10);
    expect(levels.filter((level) => level === 5)).toHaveLength(42);
    expect(session).toHaveLength(52);
    for (const { to } of session) expect(to!.container).toBe(30_332);
  });

  it('and what else is new, each a clause that v02.134 has nothing of', () => {
    const others = of('NEW').filter(({ to }) => !to!.number!.startsWith('4.3.9.'));
    expect(others.map(({ to }) => `${to!.number} ${to!.line}`)).toEqual([
      '1.8.1.4 875',
      '6.0.2 22421',
      '6.0.2.1 22435',
      '6.0.2.2 22442',
      '6.0.2.3 22460',
      '6.0.2.4 22480',
      '6.0.2.5 22492',
      '6.0.2.5.1 22552',
      '6.0.2.6 22569',
      '6.0.2.7 22577',
      '6.0.2.8 22589',
      '6.0.2.9 22601',
      '10.11.X 58628',
      '10.11.X.1 58634',
      '10.11.X.2 58641',
      '10.11.X.3 58650',
      '10.11.X.4 58656',
      '10.11.X.5 58662',
      '10.11.5.13 58701',
      '11.3.0 62758',
      '11.9.1.X 68059',
      '11.9.1.X.1 68061',
      '11.9.1.X.2 68068',
      '11.9.1.X.3 68072',
    ]);
    for (const { to } of others) expect(sectionsByNumber(diff.from, to!.number!)).toEqual([]);
  });

  // Every hunk of these was read beside the two files.
  const changed: [number: string, line: number, edits: string, normative: boolean, why: string][] = [
    ['', 37, '+3 -3', false, 'the title, the version and the date'],
    ['', 48, '+3 -0', true, 'three rows of the changelog, which name event ids and clauses'],
    ['1.8.1.3', 847, '+0 -2', false, 'its closing rule went behind the new 1.8.1.4'],
    ['2.1.3', 985, '+1 -1', true, 'tool calls MUST pass the Tool Gate'],
    ['2.3.15.2', 5777, '+1 -0', true, 'TrackedMicroTask +active_session_ids'],
    ['2.3.15.3', 6000, '+3 -1', false, '18 operations are 20: bind and unbind a session'],
    ['2.3.15.6', 6470, '+1 -1', false, '"21 types" are "23 types"'],
    ['2.6.6.2.8', 8877, '+1 -0', true, 'JobKind +ModelRun'],
    ['2.6.6.2.8.1', 8967, '+1 -0', false, 'its wire name model_run'],
    ['2.6.8.10.0.4', 9746, '+1 -0', true, 'RoleMailboxMessageType +SessionAnnounceBack'],
    ['2.6.8.10.2', 9883, '+1 -0', false, 'the body of SessionAnnounceBack'],
    ['7.2.0.5', 29_262, '+20 -5', true, 'MultiModelSession retyped; retitled and normative now'],
    ['7.6', 45_201, '+2 -0', false, 'two notes of v02.136'],
    ['7.6.1.2', 45_300, '+3 -0', true, 'notes below the Coverage Matrix; its rows stay'],
    ['7.6.3', 45_499, '+9 -6', true, 'roadmap items of v02.136 and v02.137'],
    ['11.7.5', 45_678, '+20 -0', true, 'roadmap items that stand below this heading of phase 1'],
    ['7.6.4', 46_271, '+11 -2', true, 'the same in phase 2'],
    ['7.6.5', 46_704, '+6 -2', false, 'the same in phase 3'],
    ['7.6.6', 46_976, '+6 -2', false, 'the same in phase 4'],
    ['8.7.1', 51_393, '+5 -0', true, 'five rows of the version list, which name event ids'],
    ['10.11.5.12', 58_691, '+0 -2', false, 'its closing rule went behind the new 10.11.5.13'],
    ['3.3', 60_773, '+1 -1', true, 'one item of the Stage import, with a MUST'],
    ['5.4', 60_901, '+2 -0', false, 'a note on the boundary to session capabilities'],
    ['11.5', 64_200, '+1 -1', true, 'the session families among the events that MUST be validated'],
    ['11.5.1', 64_215, '+1 -0', true, 'base +model_session_id?'],
    ['11.5.2', 64_368, '+63 -0', true, 'ToolCallEvent, FR-EVT-007'],
    ['9.2', 69_237, '+1 -0', true, '+model_session_id? in the archived base'],
  ];
  it('27 changed, each for its reason', () => {
    expect(
      of('CHANGED').map((change) => [
        change.to!.number ?? '',
        change.to!.line,
        edits(change),
        change.hunks.some(({ normative }) => normative),
      ]),
    ).toEqual(changed.map((row) => row.slice(0, 4)));
  });

  it.each([
    ['2.3.15.2', [/^\+ *active_session_ids: string\[\];/]],
    ['2.3.15.6', [/^-.*\(21 types\)/, /^\+.*\(23 types\)/]],
    ['2.6.6.2.8', [/^\+ *ModelRun,$/]],
    ['2.6.6.2.8.1', [/^\+- model_run$/]],
    ['2.6.8.10.0.4', [/^\+ *SessionAnnounceBack,$/]],
    [
      '7.2.0.5',
      [
        /^- *active_models: Record<string, string>;/,
        /^- *message_bus:/,
        /^\+ *active_sessions: Record<string, ModelSession>;/,
        /^\+ *routing_policy: RoutingPolicy;/,
        /^\+ *spawn_limits: SpawnLimits;/,
        /^\+ *scheduler_config: SessionSchedulerConfig;/,
      ],
    ],
    ['11.5.1', [/^\+ *model_session_id\?: string;/]],
    ['11.5.2', [/^\+.*FR-EVT-007 \(ToolCallEvent\)/, /^\+interface ToolCallEvent /]],
    ['9.2', [/^\+ *model_session_id\?: UUID;/]],
  ])('%s shows what changed in it', (number, patterns) => {
    const [change, ...others] = of('CHANGED').filter(({ to }) => to!.number === number);
    expect(others).toEqual([]);
    const lines = change!.hunks.flatMap((hunk) => hunk.lines);
    for (const pattern of patterns) expect(lines.filter((line) => pattern.test(line))).toHaveLength(1);
  });

  it('every line that differs stands in a hunk or in a new section', () => {
    const filled = (lines: readonly string[]): number => lines.filter((line) => line.trim() !== '').length;
    const all = diff.sections.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines));
    const isNew = (line: number): boolean =>
      of('NEW').some(({ to }) => to!.line <= line && line <= to!.endLine);
    const added = diff.to.files[0]!.lines.filter((_, at) => isNew(at + 1));
    const [old, now] = [diff.from, diff.to].map(({ files }) => filled(files[0]!.lines));
    const signed = (sign: string): number =>
      filled(all.filter((line) => line.startsWith(sign)).map((line) => line.slice(1)));
    expect(now! - old!).toBe(signed('+') - signed('-') + filled(added));
  });

  it('a section around them knows that something below it changed', () => {
    const below = (number: string, line: number): number =>
      changeOf(diff, sectionsByNumber(diff.to, number).find((section) => section.line === line)!).below;
    // The session chapter stands below the template volume (7.5.4.9), not below 4.3.9.
    expect(below('7.5.4.9', 30_197)).toBe(52);
    expect(below('4.3.9', 19_753)).toBe(0);
    expect(below('6.0', 22_335)).toBe(11);
    expect(below('11.5', 64_200)).toBe(2);
  });

  it('moved and unchanged below: the fingerprint of the whole section is the same', () => {
    const still = of('MOVED').filter(({ below }) => below === 0);
    const differ = still.filter(
      ({ from, to }) => fingerprintOf(diff.from, from!) !== fingerprintOf(diff.to, to!),
    );
    expect(differ.map(({ to }) => to!.line)).toEqual([]);
  });

  it('the other way round it is the same, with NEW and GONE exchanged', () => {
    expect(diffSpecs(diff.to, diff.from).counts).toEqual({ ...diff.counts, GONE: 76, NEW: 0 });
  });
});

it('v02.137 and itself with double encoding, with CRLF, with a BOM: all SAME', () => {
  const sound = index('v02.137');
  const text = bytes('v02.137').toString('utf8');
  const twice = [...bytes('v02.137')].map((byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : CP1252[byte - 0x80]!,
  );
  for (const other of [twice.join(''), text.replaceAll('\n', '\r\n'), `\ufeff${text}`]) {
    const { counts } = diffSpecs(sound, index('v02.137', new TextEncoder().encode(other)));
    expect(counts).toEqual({ SAME: 3707, MOVED: 0, CHANGED: 0, RENUMBERED: 0, GONE: 0, NEW: 0 });
  }
});

/** What each byte from 0x80 on is read as. Where CP1252 has nothing, the control character of the same code. */
const CP1252 = [
  ...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 128 }, (_, at) => at + 0x80)),
];

it('gov spec diff v02.134 v02.137 fits on one screen', () => {
  const { code, out, err } = gov(corpusRoot, ['spec', 'diff', 'v02.134', 'v02.137', '--root', corpusRoot]);
  expect([code, err]).toEqual([0, '']);
  const lines = out.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(80);
  expect(lines[2]).toBe('SAME 0 · MOVED 3604 · CHANGED 27 · RENUMBERED 0 · GONE 0 · NEW 76');
  expect(
    lines.some((line) => /:30456 {2}4\.3\.9\.12–4\.3\.9\.21 {2}10 clauses, .* and 42 below$/.test(line)),
  ).toBe(true);
  // Breaking changes of contracts go before all text.
  expect(lines.at(-1)).toBe(`next   gov explain contract/field-removed --root ${corpusRoot}`);
});

it.each([
  ['4.3.9.*', 'SAME 0 · MOVED 40 · CHANGED 0 · RENUMBERED 0 · GONE 0 · NEW 52'],
  ['4.3.9.12–4.3.9.15', 'SAME 0 · MOVED 0 · CHANGED 0 · RENUMBERED 0 · GONE 0 · NEW 25'],
])('gov spec diff --anchor %s', (anchor, expected) => {
  const args = ['spec', 'diff', 'v02.134', 'v02.137', '--root', corpusRoot, '--anchor', anchor];
  expect(gov(corpusRoot, args).out.split('\n')[2]).toBe(expected);
});

it('gov spec diff --anchor 10.13 leads to the 3.3 that changed in it', () => {
  const sides = ['spec', 'diff', 'v02.134', 'v02.137', '--root', '.'];
  const next = gov(corpusRoot, [...sides, '--anchor', '10.13'])
    .out.trimEnd()
    .split('\n')
    .at(-1)!;
  expect(next).toContain('--anchor Handshake_Master_Spec_v02.137.md:60773 --patch');
  const patch = gov(corpusRoot, next.replace(/^next {3}gov /, '').split(' ')).out;
  expect(patch.split('\n')[2]).toBe('+++ Handshake_Master_Spec_v02.137.md:60773');
});
