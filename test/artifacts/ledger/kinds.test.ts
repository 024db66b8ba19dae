import { describe, expect, it } from 'vitest';
import { readLedgerEntry } from '../../../tools/artifacts/index.ts';
import type { LedgerFile } from '../../../tools/artifacts/ledger/entry.ts';
import {
  ACTING_ROLES,
  LEDGER_KINDS,
  type LedgerKind,
  mayWrite,
} from '../../../tools/artifacts/ledger/kinds.ts';
import { canonicalJson, sha256 } from '../../../tools/text/index.ts';
import { fileOf, textAt } from '../memory.ts';
import { entryOf, KINDS, SAID } from './entries.ts';

/** Any content, under the name that it has to have. */
function read(content: Record<string, unknown>): LedgerFile & { text: string } {
  const whole = {
    wp_id: 'WP-1-A-v1',
    parents: [],
    actor: 'ilja',
    role: 'Operator',
    time: '2026-02-24T04:00:00Z',
    ...content,
  };
  const text = canonicalJson(whole);
  const path = `.GOV/ledger/WP-1-A-v1/0001-${String(content.kind)}-${sha256(text).slice(0, 16)}.json`;
  return { ...readLedgerEntry(fileOf(path, text)), text };
}

const said = ({ findings }: LedgerFile): string[] =>
  findings.map(({ rule, message }) => `${rule} ${message}`);

const required: [LedgerKind, string][] = KINDS.flatMap((kind) =>
  Object.keys(SAID[kind])
    .filter((key) => !LEDGER_KINDS[kind].data.safeParse(without(SAID[kind], key)).success)
    .map((key): [LedgerKind, string] => [kind, key]),
);

function without(data: object, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}

describe('an entry of each kind', () => {
  it.each(KINDS)('%s: with all that it says it is complete', (kind) => {
    expect(entryOf(kind)).toMatchObject({ kind, complete: true, data: SAID[kind] });
  });

  it('has these fields, and no kind without one that it needs', () => {
    expect(required.map(([kind, key]) => `${kind}.${key}`)).toEqual([
      'stub.stub',
      'stub.parts',
      'refine.refinement',
      'refine.parts',
      'approve.digest',
      'approve.parts',
      'sign.signature',
      'sign.time_zone',
      'sign.digest',
      'sign.parts',
      'prepare.coder',
      'prepare.branch',
      'prepare.worktree',
      'prepare.base',
      'create.packet',
      'create.parts',
      'create.sha256',
      'create.notes',
      'attest.intent',
      'attest.reason',
      'attest.subject',
      'confirm.intent',
      'confirm.reason',
      'confirm.subject',
      'claim.intent',
      'claim.reason',
      'claim.subject',
      'waive.blocker',
      'waive.reason',
      'waive.until',
      'settle.keep',
      'undo.undoes',
      'revise.to',
      'revise.reason',
    ]);
  });

  it.each(required)('%s without %s settles nothing', (kind, key) => {
    const { entry, findings } = read({
      kind,
      role: LEDGER_KINDS[kind].roles[0],
      data: without(SAID[kind], key),
    });
    expect([entry?.complete, findings.map(({ rule, args }) => [rule, args.fields])]).toEqual([
      false,
      [['ledger/field-missing', [`data.${key}`]]],
    ]);
    expect(findings[0]?.message).toMatch(
      new RegExp(`^Unexpected entry "${kind}" without data\\.${key}, expected .+: it settles nothing$`),
    );
  });

  it.each(required)(
    '%s with a number for %s settles nothing, and the place is that of the number',
    (kind, key) => {
      const wrong = read({ kind, role: LEDGER_KINDS[kind].roles[0], data: { ...SAID[kind], [key]: 12345 } });
      const [finding] = wrong.findings;
      expect([wrong.entry?.complete, finding?.rule, finding?.found]).toEqual([
        false,
        'ledger/field-missing',
        '12345',
      ]);
      expect(textAt(fileOf(wrong.path, wrong.text), finding!.place)).toBe('12345');
      expect(finding?.message).toMatch(/^Unexpected data\.\w+ 12345, expected .+: it settles nothing$/);
    },
  );

  it.each(KINDS)('%s with a field that it does not have settles nothing', (kind) => {
    const { entry, ...file } = read({
      kind,
      role: LEDGER_KINDS[kind].roles[0],
      data: { ...SAID[kind], forever: true },
    });
    expect([entry?.complete, said({ ...file })]).toEqual([
      false,
      [
        `ledger/field-missing Unexpected field data.forever, expected only what an entry "${kind}" says: it settles nothing`,
      ],
    ]);
  });

  it.each([
    [
      'waive',
      { ...SAID.waive, until: '2026-02-30' },
      'data.until "2026-02-30"',
      'a day of the calendar (YYYY-MM-DD)',
    ],
    ['waive', { ...SAID.waive, reason: ' \t' }, String.raw`data.reason " \t"`, 'a text that is not blank'],
    ['sign', { ...SAID.sign, digest: 'ABC' }, 'data.digest "ABC"', 'a sha256 in hexadecimal'],
    ['sign', { ...SAID.sign, parts: { SCOPE: 'x' } }, 'data.parts.SCOPE "x"', 'a sha256 in hexadecimal'],
    [
      'sign',
      { ...SAID.sign, ssh: { repository: 'x', signature: '' } },
      'data.ssh.signature ""',
      'a text that is not blank',
    ],
    ['sign', { ...SAID.sign, parts: [] }, 'data.parts []', 'an object'],
    ['stub', { ...SAID.stub, roadmap_item: '' }, 'data.roadmap_item ""', 'a text that is not blank'],
    ['stub', { ...SAID.stub, roadmap_item: 30 }, 'data.roadmap_item 30', 'a text'],
    ['revise', { ...SAID.revise, to: 'x'.repeat(99), reason: 7 }, 'data.reason 7', 'a text'],
    ['undo', { undoes: 'y'.repeat(99) }, `data.undoes "${'y'.repeat(59)}…`, 'a sha256 in hexadecimal'],
  ] as const)('%s: %j', (kind, data, found, expected) => {
    expect(said(read({ kind, role: 'Operator', data }))).toEqual([
      `ledger/field-missing Unexpected ${found}, expected ${expected}: it settles nothing`,
    ]);
  });
});

describe('a role', () => {
  const pairs = KINDS.flatMap((kind) => ACTING_ROLES.map((role) => [role, kind] as const));

  it('writes these kinds', () => {
    const table = ACTING_ROLES.map(
      (role) => `${role}: ${KINDS.filter((kind) => mayWrite(role, kind)).join(' ')}`,
    );
    expect(table).toEqual([
      'Operator: stub refine approve sign prepare create attest waive settle undo revise',
      'Orchestrator: stub refine prepare create undo revise',
      'Coder: claim',
      'Validator: confirm',
    ]);
  });

  it.each(pairs)('%s and "%s": the reader keeps to the table', (role, kind) => {
    const { entry, findings } = read({ kind, role, data: SAID[kind] });
    const rules = mayWrite(role, kind) ? [] : ['ledger/role-may-not-write'];
    expect([entry?.complete, findings.map(({ rule }) => rule)]).toEqual([rules.length === 0, rules]);
  });

  it('G30: the record of a Coder that confirms is refused, and a claim at most', () => {
    const confirmed = read({ kind: 'confirm', role: 'Coder', data: SAID.confirm });
    expect([confirmed.entry?.complete, said(confirmed)]).toEqual([
      false,
      [
        'ledger/role-may-not-write Unexpected role "Coder" of an entry "confirm", expected Validator: it settles nothing',
      ],
    ]);
    expect(textAt(fileOf(confirmed.path, confirmed.text), confirmed.findings[0]!.place)).toBe('"Coder"');
    expect(read({ kind: 'claim', role: 'Coder', data: SAID.claim }).entry?.complete).toBe(true);
  });

  it.each(['operator', 'OPERATOR', 'Operator ', 'root', 'constructor'])('"%s" is none', (role) => {
    expect(read({ kind: 'approve', role, data: SAID.approve }).findings[0]?.rule).toBe(
      'ledger/role-may-not-write',
    );
  });
});

describe('a kind that nobody knows', () => {
  it.each(['bless', 'constructor', 'to_string'])('%s settles nothing', (kind) => {
    const known = KINDS.join(', ');
    const { entry, ...file } = read({ kind, data: {} });
    expect([entry?.complete, said(file)]).toEqual([
      false,
      [`ledger/unknown-kind Unexpected kind "${kind}", expected one of ${known}: it settles nothing`],
    ]);
  });
});
