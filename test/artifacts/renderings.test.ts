import { describe, expect, it } from 'vitest';
import { driftOf, type LedgerKind, ledgerFile, renderTree } from '../../tools/artifacts/index.ts';
import { BOARD, baseFiles, REGISTRY, STUB } from '../checks/base.ts';
import { AUDIT, audit, PACKED, PACKET, WP } from '../gate/demo.ts';
import { treeOf } from './memory.ts';

type Files = Record<string, string>;
type Said = readonly [LedgerKind, Record<string, unknown>?];

const HASH = 'a'.repeat(64);
const parts = { parts: {}, digest: HASH };
const DATA: Partial<Record<LedgerKind, Record<string, unknown>>> = {
  stub: { stub: STUB, parts: {} },
  refine: { refinement: `.GOV/refinements/${WP}.md`, parts: {} },
  approve: parts,
  sign: { ...parts, signature: 'ilja010320261200', time_zone: 'UTC' },
  prepare: { coder: 'Coder-A', branch: 'feat/x', worktree: '../wt', base: HASH },
  create: { packet: PACKET, parts: {}, sha256: HASH, notes: {} },
  attest: { intent: 'main_body', reason: 'read', subject: HASH },
  waive: { blocker: 'WP-1-Core-v1', reason: 'read', until: '2026-12-31' },
  revise: { to: 'WP-1-Demo-v2', reason: 'too large' },
};

/** A chain of entries, each after the one before it. `undo` takes back the one that its data numbers. */
function ledgerOf(said: readonly Said[], wpId = WP): { files: Files; paths: string[] } {
  const files: Files = {};
  const hashes: string[] = [];
  const paths: string[] = [];
  for (const [index, [kind, change]] of said.entries()) {
    const data = kind === 'undo' ? { undoes: hashes[change!.of as number]! } : { ...DATA[kind], ...change };
    const { path, text, hash } = ledgerFile('.GOV', {
      wpId,
      kind,
      seq: index + 1,
      parents: hashes.slice(-1),
      actor: 'ilja',
      role: 'Operator',
      time: `2026-03-01T08:00:${String(index).padStart(2, '0')}Z`,
      data: data as never,
    });
    files[path] = text;
    hashes.push(hash);
    paths.push(path);
  }
  return { files, paths };
}

const packed = (status: string): Files => ({ [PACKET]: PACKED.replace('Ready for Dev', status) });

async function rendered(files: Files): Promise<{ after: Files; changed: string[] }> {
  const { writes, missing } = renderTree(await treeOf(files));
  expect(missing).toEqual([]);
  return { after: { ...files, ...Object.fromEntries(writes) }, changed: [...writes.keys()].sort() };
}

const withAudit = (): Files => ({ ...baseFiles(), [AUDIT]: audit() });
const MADE: Said[] = [['refine'], ['approve'], ['sign'], ['prepare'], ['create']];

describe('what each stage renders', () => {
  it.each<[string, Said[], Files, string, string, string]>([
    ['a stub', [['stub']], {}, '[STUB]', STUB, 'stub'],
    ['refined', MADE.slice(0, 1), {}, '[STUB]', STUB, 'stub'],
    ['approved', MADE.slice(0, 2), {}, '[STUB]', STUB, 'stub'],
    ['signed', MADE.slice(0, 3), {}, '[STUB]', STUB, 'stub'],
    ['prepared', MADE.slice(0, 4), {}, '[STUB]', STUB, 'stub'],
    ...(
      [
        ['Ready for Dev', 'READY_FOR_DEV'],
        ['In Progress', 'IN_PROGRESS'],
        ['In-Progress (half of it)', 'IN_PROGRESS'],
        ['Blocked', 'BLOCKED'],
        ['Validated', 'VALIDATED'],
        ['FAIL', 'FAIL'],
        ['Superseded', 'SUPERSEDED'],
        ['Whatever', 'READY_FOR_DEV'],
        ['Done\n\n## VALIDATION_REPORTS\n### VALIDATION REPORT 1\nVerdict: PASS', 'VALIDATED'],
        ['Done\n\n## VALIDATION_REPORTS\n### VALIDATION REPORT 1\nVerdict: FAIL', 'FAIL'],
      ] as const
    ).map(([status, state]): [string, Said[], Files, string, string, string] => [
      `made, ${status.split('\n').at(-1)}`,
      MADE,
      packed(status),
      `[${state}]`,
      PACKET,
      `active=${WP}; activated from stub ${STUB}`,
    ]),
    ['made, and no packet', MADE, {}, '[READY_FOR_DEV]', PACKET, `active=${WP}; activated from stub ${STUB}`],
    ['revised', [...MADE.slice(0, 3), ['revise']], {}, '[SUPERSEDED]', STUB, 'stub'],
  ])('%s', async (_, said, files, state, active, notes) => {
    const { after } = await rendered({ ...withAudit(), ...ledgerOf(said).files, ...files });
    const tree = await treeOf(after);
    expect(tree.board!.entries.map(({ wpId, token }) => [wpId, `[${token}]`])).toEqual([[WP, state]]);
    expect(tree.registry!.rows.map((row) => [row.activePacket, row.notes])).toEqual([[active, notes]]);
    const section = tree.board!.entries[0]!.section;
    expect(tree.registry!.rows[0]!.taskBoard).toBe(`${section}: ${WP}`);
    expect(driftOf(tree)).toEqual([]);
    const { checklist, status } = tree.stubs[0]!;
    const made = said.some(([kind]) => kind === 'create');
    expect(checklist!.items.every(({ checked }) => checked === made)).toBe(true);
    expect(status!.raw).toBe(made ? 'ACTIVATED_TO_PACKET' : 'STUB (NOT READY FOR DEV)');
    // Once more changes nothing.
    expect((await rendered(after)).changed).toEqual([]);
  });

  it('G03: after an activation no view says "Not Activated" of it', async () => {
    const stub = baseFiles()[STUB]!.replace('STUB (NOT READY FOR DEV)', 'STUB (Not Activated)');
    const { after } = await rendered({ ...withAudit(), [STUB]: stub, ...ledgerOf(MADE).files });
    const views = [BOARD, REGISTRY, STUB].flatMap((path) => after[path]!.split('\n'));
    expect(views.filter((line) => /Not Activated/.test(line))).toEqual(['## Stub Backlog (Not Activated)']);
  });

  it('done, and no report says how: what the board says of its end is left', async () => {
    const board = `## Ready for Dev\n\n## Done\n\n- **[${WP}]** - [FAIL]\n`;
    const { after } = await rendered({
      ...withAudit(),
      [BOARD]: board,
      ...packed('Done'),
      ...ledgerOf(MADE).files,
    });
    expect(after[BOARD]).toBe(board);
    expect(after[REGISTRY]).toContain(`Done: ${WP}`);
  });

  it('signatures newest first, each in its place, and one that was taken back is INVALID and used', async () => {
    const said: Said[] = [
      ['refine'],
      ['sign'],
      ['undo', { of: 1 }],
      ['sign', { signature: 'ilja050320260900' }],
    ];
    const row = (signature: string, at: string): string =>
      `| ${signature} | O | ${at} | Task packet creation: WP-1-Other-v1 | v02.100 | n |`;
    const { after } = await rendered({
      ...withAudit(),
      ...ledgerOf(said).files,
      [AUDIT]: audit(
        row('ilja040320260900', '2026-03-04 09:00'),
        row('ilja010220260900', '2026-02-01 09:00'),
      ),
    });
    expect((await treeOf(after)).audit!.rows.map(({ signature, invalid }) => [signature, invalid])).toEqual([
      ['ilja050320260900', false],
      ['ilja040320260900', false],
      ['ilja010320261200', true],
      ['ilja010220260900', false],
    ]);
    expect((await rendered(after)).changed).toEqual([]);
  });
});

describe("what is not the tool's is left", () => {
  it.each<[string, Said[], Files]>([
    ['no ledger', [], {}],
    ['words alone', [['attest'], ['waive']], packed('In Progress')],
    ['a packet that was made without the ledger', [['refine'], ['approve']], packed('In Progress')],
  ])('%s', async (_, said, files) => {
    const moved = baseFiles()[BOARD]!.replace('[STUB]', '[BLOCKED]');
    const tree = await treeOf({ ...baseFiles(), [BOARD]: moved, ...files, ...ledgerOf(said).files });
    expect([renderTree(tree).writes.size, driftOf(tree)]).toEqual([0, []]);
  });

  it('a ledger whose entries do not hang together', async () => {
    const { files, paths } = ledgerOf(MADE);
    const { [paths[1]!]: _, ...broken } = files;
    expect(renderTree(await treeOf({ ...withAudit(), ...broken })).writes.size).toBe(0);
    const damaged = { ...files, [paths.at(-1)!]: '{}' };
    const tree = await treeOf({ ...withAudit(), ...damaged });
    expect([renderTree(tree).writes.size, driftOf(tree)]).toEqual([0, []]);
  });

  it('a row of a later revision that has no ledger', async () => {
    const later = '.GOV/task_packets/stubs/WP-1-Demo-v3.md';
    const registry = baseFiles()[REGISTRY]!.replaceAll('WP-1-Demo-v1', 'WP-1-Demo-v3');
    const { after } = await rendered({
      ...withAudit(),
      [REGISTRY]: registry,
      [later]: baseFiles()[STUB]!.replaceAll(WP, 'WP-1-Demo-v3'),
      ...ledgerOf(MADE).files,
    });
    expect(after[REGISTRY]).toBe(registry);
    expect(after[BOARD]).toContain(`- **[${WP}]** - [READY_FOR_DEV]`);
  });

  it('a line under Active, and one that its stub says was superseded by hand', async () => {
    const active = `## Active (Cross-Branch Status)\n\n- **[${WP}]** - [ACTIVE] - branch: feat/x\n\n`;
    const board = active + baseFiles()[BOARD]!.replace('# Task Board\n\n', '');
    const { after } = await rendered({ ...withAudit(), [BOARD]: board, ...ledgerOf(MADE).files });
    expect(after[BOARD]!.startsWith(active)).toBe(true);
    expect(after[BOARD]).toContain(`## Ready for Dev\n\n- **[${WP}]** - [READY_FOR_DEV]\n`);
    const stub = baseFiles()[STUB]!.replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED (do not activate)');
    const old = await rendered({ ...withAudit(), [STUB]: stub, ...ledgerOf([['refine']]).files });
    expect(old.after[STUB]).toBe(stub);
    expect(old.after[BOARD]).toContain(`- **[${WP}]** - [SUPERSEDED]`);
  });

  it("notes of a row in whatever order, and everything beside the tool's own", async () => {
    const notes = `seen \\| read; activated from stub \`${STUB}\` (odd); supersedes: WP-1-Old (FAIL); active=${WP}`;
    const registry = `| Base WP ID | Active Packet | Task Board | Notes |\n|-|-|-|-|\n|WP-1-Demo|\`${PACKET}\`|Ready for Dev (x): \`${WP}\`|${notes}|\n`;
    const { after } = await rendered({ ...withAudit(), [REGISTRY]: registry, ...ledgerOf(MADE).files });
    expect(after[REGISTRY]).toBe(registry);
  });
});

describe('legacy documents', () => {
  const FAMILY_L = `# Task Packet Stub: ${WP}\n**Status:** STUB (Not Activated)\n## Identity\n- WP_ID: ${WP}\n## Activation checklist\n1. USER_SIGNATURE.\n2. Create the packet.\n`;

  it.each<[string, (text: string) => string]>([
    ['LF', (text) => text],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['a BOM', (text) => `\ufeff${text}`],
    ['no final line end', (text) => text.trimEnd()],
  ])('with %s keep every other byte', async (_, change) => {
    const { files } = ledgerOf(MADE);
    const plain = withAudit();
    const { after } = await rendered({ ...plain, ...files });
    const legacy = Object.fromEntries(Object.entries(plain).map(([path, text]) => [path, change(text)]));
    const odd = await rendered({ ...legacy, ...files });
    for (const path of Object.keys(plain)) expect(odd.after[path]).toBe(change(after[path]!));
    expect((await rendered(odd.after)).changed).toEqual([]);
  });

  it('a stub of the other family has steps without boxes, and its own words when it is open', async () => {
    const files = { ...withAudit(), [STUB]: FAMILY_L };
    const open = await rendered({ ...files, ...ledgerOf([['refine']]).files });
    expect(open.after[STUB]).toBe(FAMILY_L);
    const made = await rendered({ ...files, ...ledgerOf(MADE).files });
    expect(made.after[STUB]).toBe(FAMILY_L.replace('STUB (Not Activated)', 'ACTIVATED_TO_PACKET'));
    const back = { ...made.after, ...ledgerOf([...MADE, ['undo', { of: 4 }]]).files };
    expect((await rendered(back)).after[STUB]).toBe(FAMILY_L);
  });

  it.each([
    ['twice, once right', `- **[${WP}]** - [STUB]\n`, `- **[${WP}]** - [READY_FOR_DEV]\n`],
    ['twice, both wrong', `- **[${WP}]** - [STUB]\n- **[${WP}]** - [STUB]\n`, ''],
    ['with a token by hand', `- **[${WP}]** - [IN_PROGRESS] - branch: x\n`, ''],
    ['without a token', `- **[${WP}]**\n`, ''],
    ['with a token that nobody knows', `* **[${WP}]** - [DOING]\n`, ''],
    ['nowhere', '', ''],
  ])('an entry %s is one entry where it belongs', async (_, stubs, ready) => {
    const board = `# Board\n\n## Ready for Dev\n\nProse.\n\n${ready}\n## Stub Backlog\n\n- **[WP-1-Other-v1]** - [STUB]\n${stubs}\n## Superseded\n`;
    const { after } = await rendered({ ...withAudit(), [BOARD]: board, ...ledgerOf(MADE).files });
    const { entries } = (await treeOf(after)).board!;
    expect(entries.map(({ wpId, token, section }) => [wpId, token, section])).toEqual([
      [WP, 'READY_FOR_DEV', 'Ready for Dev'],
      ['WP-1-Other-v1', 'STUB', 'Stub Backlog'],
    ]);
    expect(after[BOARD]).toContain('Prose.\n\n');
  });

  it('two rows of one base become one, and a row without its last cells gets them', async () => {
    const registry = `| Base WP ID | Active Packet | Task Board | Notes |\n|-|-|-|-|\n| WP-1-Demo | x.md |\n| WP-1-Other | y.md | Done: z | free |\n| WP-1-Demo | z.md | - | - |\n`;
    const { after } = await rendered({ ...withAudit(), [REGISTRY]: registry, ...ledgerOf(MADE).files });
    const { rows } = (await treeOf(after)).registry!;
    expect(rows.map((row) => [row.baseWpId, row.activePacket])).toEqual([
      ['WP-1-Demo', PACKET],
      ['WP-1-Other', 'y.md'],
    ]);
    expect(after[REGISTRY]).toContain('| WP-1-Other | y.md | Done: z | free |\n');
  });

  it("two rows of one signature become one; another's use of it is left for a rule", async () => {
    const own = `| ilja010320261200 | ilja | 2026-03-01 12:00 | Task packet activation: ${WP} | v02.137 | n |`;
    const other = own.replace(WP, 'WP-1-Other-v1');
    const { after } = await rendered({
      ...withAudit(),
      [AUDIT]: audit(own, other, own),
      ...ledgerOf(MADE).files,
    });
    expect(after[AUDIT]).toBe(audit(own, other));
  });

  it.each<[string, Files, string[]]>([
    [
      'a board without the section',
      { [BOARD]: '# Board\n\n## Done\n' },
      ['Unexpected no section, expected a section for READY_FOR_DEV to record in'],
    ],
    ['no board', { [BOARD]: '' }, []],
    [
      'a registry without its table',
      { [REGISTRY]: '# Registry\n' },
      ['Unexpected nothing, expected a registry with its table to record in'],
    ],
    [
      'an audit without its table',
      { [AUDIT]: '# Audit\n' },
      ['Unexpected nothing, expected a signature audit with its table to record in'],
    ],
  ])('%s is told, and nothing else is lost', async (name, change, messages) => {
    const files: Files = { ...withAudit(), ...change, ...ledgerOf(MADE).files };
    if (name === 'no board') delete files[BOARD];
    const { missing, writes } = renderTree(await treeOf(files));
    expect(missing.map(({ message }) => message)).toEqual(
      name === 'no board' ? ['Unexpected nothing, expected a Task Board to record in'] : messages,
    );
    expect(writes.has(STUB)).toBe(true);
  });

  it('a stub that was taken back leaves neither entry nor row, unless another revision has a document', async () => {
    const { [STUB]: _, ...files } = withAudit();
    const said: Said[] = [['stub'], ['undo', { of: 0 }]];
    const { after } = await rendered({ ...files, ...ledgerOf(said).files });
    expect([after[BOARD], after[REGISTRY]].some((text) => text!.includes(WP))).toBe(false);
    expect((await rendered(after)).changed).toEqual([]);
    const other = { '.GOV/task_packets/WP-1-Demo.md': '# Task Packet: WP-1-Demo\n' };
    const kept = await rendered({ ...files, ...other, ...ledgerOf(said).files });
    expect(kept.after[REGISTRY]).toBe(files[REGISTRY]);
  });
});

describe('driftOf', () => {
  it('names the place, what stands there, what the ledger has, and who owns it', async () => {
    const { files, paths } = ledgerOf(MADE);
    const { after } = await rendered({ ...withAudit(), ...files, ...packed('Ready for Dev') });
    const board = after[BOARD]!.replace('[READY_FOR_DEV]', '[IN_PROGRESS]');
    const drift = async (change: Files) =>
      driftOf(await treeOf({ ...after, ...change })).map(
        ({ surface, place, found, expected, owner }) =>
          [surface, place.line, found, expected, owner] as const,
      );
    // G19: moved by hand, while the packet says Ready for Dev.
    expect(await drift({ [BOARD]: board })).toEqual([
      ['board', 5, '[IN_PROGRESS] under Ready for Dev', '[READY_FOR_DEV]', paths.at(-1)],
    ]);
    // The packet's own status is its Coder's, and the board follows it.
    expect(await drift(packed('In Progress'))).toEqual([
      ['board', 5, '[READY_FOR_DEV] under Ready for Dev', '[IN_PROGRESS]', `${PACKET}:6`],
      ['registry', 5, `Ready for Dev: ${WP}`, `In Progress: ${WP}`, paths.at(-1)],
    ]);
    expect(await drift({ [STUB]: baseFiles()[STUB]! })).toEqual([
      ['stub', 14, 'STUB (NOT READY FOR DEV)', 'ACTIVATED_TO_PACKET', paths.at(-1)],
    ]);
    expect(await drift({ [AUDIT]: audit() })).toEqual([
      ['audit', 1, 'no row for ilja010320261200', `Task packet activation: ${WP}`, paths[2]],
    ]);
    expect(await drift({ [REGISTRY]: after[REGISTRY]!.replace('active=', 'not ') })).toEqual([
      [
        'registry',
        5,
        expect.stringMatching(/^not WP/),
        `not ${WP}; active=${WP}; activated from stub ${STUB}`,
        paths.at(-1),
      ],
    ]);
  });
});
