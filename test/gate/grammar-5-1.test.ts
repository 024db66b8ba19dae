import { expect, it } from 'vitest';
import { readPacket } from '../../tools/artifacts/index.ts';
import { runChecks } from '../../tools/checks/index.ts';
import { libraryOfSpecs } from '../../tools/gate/drift/library.ts';
import { admit, openDossier, wpStatus } from '../../tools/gate/index.ts';
import { buildIndex, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';
import { decode } from '../../tools/text/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseSpec, readBase, STUB } from '../checks/base.ts';
import { AUDIT, GATES, gates, PACKET, REFINEMENT, WP } from './demo.ts';
import {
  carriedOut,
  dossierIn,
  GROUND,
  refusals,
  refused,
  STEPS,
  statusIn,
  stubTree,
  type Texts,
  walked,
} from './walk.ts';

// What the old gate accepted, row by row. Rows that need a process, a shell or a worktree: test/e2e/grammar-5-1.test.ts.

/** One document of a tree with something else in it; what is not there to be replaced is a mistake of the test. */
function edited(files: Texts, path: string, ...changes: [from: string | RegExp, to: string][]): Texts {
  let text = files[path]!;
  for (const [from, to] of changes) {
    const after = text.replace(from, to);
    if (after === text) throw new Error(`${path} has no ${from}`);
    text = after;
  }
  return { ...files, [path]: text };
}

const open = (field: string, expected = '[x] PASS, or [ ] FAIL') => [
  'OPEN_ROW',
  `Unexpected open row of ${field}, expected ${expected}`,
];
const faulty = (detail: string, code = 'REFINEMENT') => [
  code,
  `Unexpected refinement, expected one that holds: ${detail}`,
];

it('5.1 #1: the scaffold, filled in and saved with a BOM, is taken by the step that comes next', async () => {
  const files = await walked('refine');
  const saved = { ...files, [REFINEMENT]: `\uFEFF${files[REFINEMENT]}` };
  const plan = STEPS.approve(await dossierIn({ files: saved }));
  expect(plan.unmet).toEqual([]);
  expect(plan.writes.get(REFINEMENT)).toMatch(/^\uFEFF# Technical Refinement: WP-1-Demo-v1\n/);
});

it('5.1 #2: a signature of a time that no calendar has', async () => {
  const plan = STEPS.sign(await dossierIn({ files: await walked('approve') }), 'ilja999999999999');
  expect(refusals(plan)).toEqual([
    [
      'SIGNATURE_FORMAT',
      'Unexpected signature "ilja999999999999", expected {username}{DDMMYYYYHHMM}, a time by your own clock',
    ],
  ]);
});

it('5.1 #3: a stub that is superseded, and no stub at all', async () => {
  const files = stubTree();
  const status = 'SUPERSEDED (do not activate)';
  expect(await refused('refine', edited(files, STUB, ['STUB (NOT READY FOR DEV)', status]))).toEqual([
    [
      'NOT_ACTIVATABLE',
      `Unexpected step "refine", expected none: ${WP} is superseded and must not be activated: ${STUB}:14 says "${status}"`,
    ],
  ]);
  const { [STUB]: _, ...without } = files;
  expect(await refused('refine', without)).toEqual([
    ['NO_STUB', `Unexpected absence of a stub for ${WP}, expected one to refine (gov wp stub ${WP})`],
  ]);
});

it.each([
  ['by its number', '7.6.1 Phases', ''],
  ['by its line', 'Demo_Spec_v02.137.md:33', 'line 33 stands in the section of line 33; '],
])(
  '5.1 #4: an anchor of the roadmap alone, %s: in the stub, and in the refinement',
  async (_, anchor, where) => {
    const stub = edited(stubTree(), STUB, [/Demo_Spec_v02\.137\.md 1\.1\.1 .*/, anchor]);
    expect((await refused('refine', stub)).map(([code]) => code)).toContain('ANCHOR_ROADMAP_ONLY');
    const other = edited(
      await walked('refine'),
      REFINEMENT,
      [/Demo_Spec_v02\.137\.md 1\.1\.1 .*/, anchor],
      [
        /START_LINE: \d+\n- CONTEXT_END_LINE: \d+\n- CONTEXT_TOKEN: .*/,
        'START_LINE: 33\n- CONTEXT_END_LINE: 36\n- CONTEXT_TOKEN: Phases',
      ],
      [/ {2}### 1\.1\.1[\s\S]*?state\./, '  ### 7.6.1 Phases'],
    );
    expect(await refused('approve', other)).toEqual([
      [
        'ANCHOR_ROADMAP_ONLY',
        `Unexpected anchor ROADMAP (${where}it stands in the roadmap), expected a section of the main body of v02.137`,
      ],
    ]);
  },
);

it('5.1 #5: an anchor of nothing, a window of everything, the token "e", words that nobody wrote, no box ticked', async () => {
  const files = edited(
    await walked('refine'),
    REFINEMENT,
    ['Demo_Spec_v02.137.md 1.1.1 Session Model', 'Demo_Spec_v02.99.md 999.999 Does Not Exist'],
    [/START_LINE: \d+/, 'START_LINE: 1'],
    [/END_LINE: \d+/, 'END_LINE: 46'],
    [/TOKEN: .*/, 'TOKEN: e'],
    [/ {2}### 1\.1\.1[\s\S]*?state\./, '  lorem ipsum'],
    [/\[x\] PASS/g, '[ ]'],
  );
  expect(await refused('approve', files)).toEqual([
    open('Appears in Main Body'),
    open('Explicitly named'),
    open('Specific'),
    open('Measurable acceptance criteria'),
    open('No ambiguity'),
    faulty('anchor 1: EXCERPT_MISMATCH: "lorem ipsum" is not in lines 1-46 of the spec', 'EXCERPT_MISMATCH'),
    faulty(
      'anchor 1: SPEC_ANCHOR is "Demo_Spec_v02.99.md 999.999 Does Not Exist", expected v02.137, which is pinned',
    ),
    [
      'ANCHOR_UNRESOLVED',
      'Unexpected anchor UNRESOLVED (no heading has the number 999.999), expected a section of the main body of v02.137',
    ],
  ]);
});

it('5.1 #6: an empty value is empty, whatever stands in the next line', async () => {
  const files = edited(await walked('refine'), REFINEMENT, [
    /^(- (?:CLEARLY_COVERS_REASON|REASON_NO_ENRICHMENT|SPEC_ANCHOR):).*$/gm,
    '$1',
  ]);
  expect(await refused('approve', files)).toEqual([
    open('SPEC_ANCHOR', 'a value'),
    faulty('CLEARLY_COVERS_REASON is empty'),
    faulty('REASON_NO_ENRICHMENT is empty'),
  ]);
});

it.each(['```', '~~~', '````'])(
  '5.1 #7: a %s example before METADATA says nothing about the fields below it',
  async (fence) => {
    const example = `${fence}md\n- ENRICHMENT_NEEDED: NO\n- CLEARLY_COVERS_VERDICT: PASS\n- USER_REVIEW_STATUS: APPROVED\n- USER_APPROVAL_EVIDENCE: APPROVE REFINEMENT ${WP}\n${fence}\n\n### METADATA`;
    const files = edited(
      await walked('refine'),
      REFINEMENT,
      ['ENRICHMENT_NEEDED: NO', 'ENRICHMENT_NEEDED: YES'],
      ['CLEARLY_COVERS_VERDICT: PASS', 'CLEARLY_COVERS_VERDICT: FAIL'],
      [/\[x\] PASS/g, '[ ] FAIL'],
      ['### METADATA', example],
    );
    const says = [faulty('CLEARLY_COVERS_VERDICT is "FAIL"'), faulty('ENRICHMENT_NEEDED is "YES"')];
    expect(await refused('approve', files)).toEqual(says);
    expect((await refused('sign', files)).map(([code]) => code)).toEqual([
      ...says.map(([code]) => code),
      'NOT_APPROVED',
    ]);
  },
);

it('5.1 #8: a chain that was typed into log and audit makes no packet', async () => {
  const files = await walked('approve');
  const forged = {
    ...files,
    [GATES]: gates([
      { type: 'REFINEMENT', timestamp: '2026-02-24T02:06:42Z' },
      { type: 'SIGNATURE', signature: 'NOT-A-SIGNATURE', timestamp: 'whenever' },
      { type: 'PREPARE', branch: `feat/${WP}`, coder_id: 'Coder-A', timestamp: 'before that' },
    ]),
    [AUDIT]: `A row is | NOT-A-SIGNATURE | in prose.\n\n${files[AUDIT]}`,
  };
  const signature = (await statusIn({ files: forged })).items.find(({ intent }) => intent === 'signature');
  expect([signature!.state, signature!.evidence[0]!.detail]).toEqual([
    'FAIL',
    'SIGNATURE: its timestamp is no such value, so that it is no evidence',
  ]);
  expect((await refused('create', forged)).map(([code]) => code)).toEqual([
    'NOT_PREPARED',
    'ITEM_OPEN',
    'ITEM_OPEN',
  ]);
  expect((await refused('prepare', forged)).map(([code]) => code)).toEqual(['NOT_SIGNED']);
});

it('5.1 #9: the approval that was deleted after signing is missed', async () => {
  const files = edited(await walked('prepare'), REFINEMENT, [/- USER_APPROVAL_EVIDENCE.*\n/, '']);
  expect(await refused('create', files)).toEqual([
    [
      'ITEM_OPEN',
      `Unexpected item 4 (refinement_file) that does not hold, expected it to: USER_APPROVAL_EVIDENCE is missing, expected "APPROVE REFINEMENT ${WP}" (just approve-refinement ${WP})`,
    ],
  ]);
  expect(await refused('approve', files)).toEqual([
    ['NO_FIELD', 'Unexpected absence of USER_APPROVAL_EVIDENCE, expected that field in METADATA'],
  ]);
});

it('5.1 #10: a signature that the audit has no table for changes nothing, and is given once it has one', async () => {
  const files = await walked('approve');
  const renamed = edited(files, AUDIT, ['| Signature |', '| Sig |']);
  expect((await refused('sign', renamed)).map(([code]) => code)).toEqual(['NOWHERE_TO_RECORD']);
  const after = carriedOut(files, STEPS.sign(await dossierIn({ files })));
  expect(after[AUDIT]).toMatch(/\| ilja240220261020 \|/);
  expect(after[REFINEMENT]).toMatch(/^- USER_SIGNATURE: ilja240220261020$/m);
});

it.each([
  ['of other content', '{}', 'Unexpected content, expected {"gate_logs": [...]}'],
  ['cut off', '{"gate_logs": [', 'Unexpected end of the file, expected "]"'],
])('5.1 #16: a gate log %s is told, and nobody signs beside it', async (_, text, says) => {
  const files = { ...(await walked('approve')), [GATES]: text };
  expect((await statusIn({ files })).notes).toContain(`the gate log is not read whole: ${GATES}: ${says}`);
  expect(await refused('sign', files)).toEqual([
    ['UNREADABLE', `${says}: a signature serves once, and what stands there cannot be seen`],
  ]);
});

/** The demo's spec as a later version that has changed in this way. */
function specAs(version: string, change: (text: string) => string): SpecIndex {
  const name = `Demo_Spec_${version}.md`;
  return { ...buildIndex(name, [specFileOf(name, Buffer.from(change(readBase('spec.md'))))]), findings: [] };
}

it('5.1 #17: a later spec that only moves lines closes no gate; one that changes the clause does', async () => {
  const files = await walked('create');
  const under = async (spec: SpecIndex) =>
    wpStatus(await treeOf(files), spec, WP, libraryOfSpecs([spec, baseSpec()]), GROUND);
  const moved = await under(
    specAs('v02.138', (text) => text.replace('# 1. Sessions', 'A word before.\n\n# 1. Sessions')),
  );
  expect([moved.stage, moved.ready]).toEqual(['READY', true]);
  const changed = await under(specAs('v02.138', (text) => text.replace('has a state', 'has one state')));
  expect(changed.items.filter(({ state }) => state === 'FAIL').map(({ intent }) => intent)).toEqual([
    'signature',
    'refinement_file',
  ]);
});

it.each([
  [
    'a placeholder of the template',
    ['- RISK_TIER: LOW', '- RISK_TIER: LOW | MEDIUM | HIGH'],
    'LOW | MEDIUM | HIGH',
  ],
  ['a path of the template', ['  - src/demo.ts', '  - path/to/file'], 'path/to/file'],
  ['an anchor that is left open', [/SPEC_ANCHOR: .*/, 'SPEC_ANCHOR: <fill>'], '<fill>'],
] as const)('5.1 #18: a packet with %s is not ready, and admits nobody', async (_, [from, to], blank) => {
  const files = edited(await walked('create'), PACKET, [from, to]);
  const status = await statusIn({ files });
  const packet = status.items.find(({ intent }) => intent === 'packet')!;
  expect([status.ready, packet.state]).toEqual([false, 'FAIL']);
  expect(packet.evidence.map(({ detail }) => detail)).toContain(`${blank} is not filled in`);
  const dossier = await dossierIn({ files });
  expect(admit(dossier.tree, dossier.spec, WP, 'Coder', dossier.library, dossier.ground)).toMatchObject({
    refused: true,
    code: 'gate_closed',
  });
});

it('5.1 #19: MERGE_BASE_SHA with a note behind it is that hash', async () => {
  const note = ' (git merge-base main HEAD at creation time; no shortened hash)';
  const files = edited(await walked('create'), PACKET, [/^(- MERGE_BASE_SHA: \w+)$/m, `$1${note}`]);
  const packet = readPacket(decode(PACKET, Buffer.from(files[PACKET]!)));
  expect(packet.fields.find(({ key }) => key === 'MERGE_BASE_SHA')?.value).toBe('b'.repeat(40));
  const rules = runChecks(await treeOf(files), baseSpec()).map(({ rule }) => rule);
  expect(rules).not.toContain('packet/merge-base');
  expect(rules).not.toContain('packet/field-missing');
});

it('5.1 #20: a packet without refinement, signature and preparation is closed, whatever its status says', async () => {
  const text = `# Task Packet: ${WP}\n\n## METADATA\n- TASK_ID: ${WP}\n- WP_ID: ${WP}\n- **Status:** In Progress (not done yet)\n`;
  const status = await statusIn({ files: stubTree({ [PACKET]: text }) });
  expect([status.stage, status.ready, status.next]).toEqual([
    'PACKET',
    false,
    `just record-refinement ${WP}`,
  ]);
  const states = Object.fromEntries(status.items.map(({ intent, state }) => [intent, state]));
  expect(states).toMatchObject({
    refinement_block: 'FAIL',
    signature: 'FAIL',
    refinement_file: 'FAIL',
    packet: 'FAIL',
  });
});

it('5.1 #21: an id that another one begins with is no work packet', async () => {
  const other = Object.fromEntries(
    Object.entries(stubTree()).map(([path, text]) => [
      path.replaceAll('WP-1-Demo-v1', 'WP-1-Demo-UI-v2'),
      text.replaceAll('WP-1-Demo-v1', 'WP-1-Demo-UI-v2').replaceAll('WP-1-Demo ', 'WP-1-Demo-UI '),
    ]),
  );
  const tree = await treeOf(other);
  const ask = (wpId: string) => () => wpStatus(tree, baseSpec(), wpId, undefined, GROUND);
  expect(ask('WP-1-Demo-UI-v2')().wp_id).toBe('WP-1-Demo-UI-v2');
  expect(ask('WP-1-Demo')).toThrow(
    'Unexpected work packet WP-1-Demo, expected one with a stub or a packet under .GOV/task_packets',
  );
  expect(ask('WP-')).toThrow('"WP-" is no work-packet id');
  const dossier = openDossier(tree, baseSpec(), 'WP-1-Demo', undefined, GROUND);
  expect(refusals(STEPS.refine(dossier)).map(([code]) => code)).toEqual(['NO_STUB']);
});

it('5.1, turn separation: a time before the approval is no time of this signature, however long one slept', async () => {
  const plan = STEPS.sign(await dossierIn({ files: await walked('approve') }), 'ilja240220261009');
  expect(refusals(plan)).toEqual([
    [
      'SIGNATURE_BEFORE_APPROVAL',
      `Unexpected signature "ilja240220261009", expected a time from the approval of ${WP} (24/02/2026 10:10) to now, 24/02/2026 10:45 in UTC`,
    ],
  ]);
});
