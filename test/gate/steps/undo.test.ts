import { describe, expect, it } from 'vitest';
import {
  planApprove,
  planRevise,
  planUndo,
  type StepPlan,
  type UndoInput,
} from '../../../tools/gate/index.ts';
import {
  AUDIT,
  attest,
  BOARD,
  Chain,
  create,
  PACKET,
  prepare,
  REFINEMENT,
  REGISTRY,
  refine,
  SIGNATURE,
  STUB,
  sign,
  WP,
} from './chain.ts';

const undo =
  (input: UndoInput = {}) =>
  (...[dossier, by]: Parameters<typeof planApprove>): StepPlan =>
    planUndo(dossier, by, input);
const codes = ({ unmet }: StepPlan): unknown[] => unmet.map(({ args }) => args.code);
const said = ({ unmet }: StepPlan): string[] => unmet.map(({ message }) => message);

/** A board and a registry with others beside it, in an order that is nobody's but their own. */
const CROWDED = {
  [BOARD]: [
    '# Task Board\n\n## Ready for Dev\n\n## Stub Backlog (Not Activated)\n\n- **[WP-1-Other-v1]** - [STUB]',
    `- **[${WP}]** - [STUB] - waits for the core\n  a line of its own\n- **[WP-1-Alpha-v1]** - [STUB]\n\n## Superseded\n`,
  ].join('\n'),
  [REGISTRY]: [
    '| Base WP ID | Active Packet | Task Board | Notes |\n|-|-|-|-|\n',
    `| WP-1-Demo | \`${STUB}\` | Stub Backlog: ${WP} | anchored to spec v02.137; stub (new; odd) |\n`,
    '| WP-1-Other | x.md | Done: WP-1-Other | active=WP-1-Other; a \\| b |\n',
  ].join(''),
};

async function crowded(change: (text: string) => string = (text) => text): Promise<Chain> {
  const chain = new Chain();
  for (const [path, text] of Object.entries(CROWDED)) chain.files[path] = change(text);
  chain.files[STUB] = change(chain.files[STUB]!.replace('STUB (NOT READY FOR DEV)', 'STUB'));
  return chain;
}

describe('an undo restores the documents byte for byte', () => {
  it.each([
    ['refine', refine, []],
    ['approve', planApprove, ['refine']],
    ['prepare', prepare, ['refine', 'approve', 'sign']],
    ['create', create, ['refine', 'approve', 'sign', 'prepare']],
  ] as const)('of %s', async (kind, step, before) => {
    for (const change of [
      (text: string) => text,
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => `\ufeff${text}`,
    ]) {
      const chain = await crowded(change);
      const last = before.at(-1);
      if (last !== undefined) await chain.upTo(last);
      const documents = chain.documents();
      await chain.done(step);
      await chain.done(undo());
      expect(chain.documents()).toEqual(documents);
      expect(chain.entries()).toEqual([...before, kind, 'undo']);
    }
  });

  it('of sign: all but the row of the audit, which says that it was taken back', async () => {
    const chain = await (await crowded()).upTo('approve');
    const { [AUDIT]: before, ...documents } = chain.documents();
    await chain.done(sign());
    await chain.done(undo({ reason: 'typed too early' }));
    const { [AUDIT]: after, ...others } = chain.documents();
    expect(others).toEqual(documents);
    expect(after!.slice(before!.length)).toBe(
      `| ${SIGNATURE} | ilja | 2026-03-01 12:00 | (INVALID - TAKEN BACK) Task packet activation: ${WP} | v02.137 | Approved after Technical Refinement |\n`,
    );
    expect((await chain.tree()).audit!.rows[0]!.invalid).toBe(true);
  });

  it('of the second approval: the first one stands there again', async () => {
    const chain = await new Chain().upTo('approve');
    const first = chain.files[REFINEMENT]!;
    chain.files[REFINEMENT] = first.replace('- REQUESTOR: said by a person', '- REQUESTOR: another');
    const changed = chain.documents();
    await chain.done(planApprove);
    await chain.done(undo());
    expect(chain.documents()).toEqual(changed);
    expect((await chain.dossier()).fold.entries.map(({ kind }) => kind)).toEqual([
      'refine',
      'approve',
      'undo',
    ]);
  });

  it('of an approval of lines that a person had filled in', async () => {
    const chain = await new Chain().upTo('refine');
    chain.files[REFINEMENT] = chain.files[REFINEMENT]!.replace(
      'STATUS: PENDING',
      'STATUS: PENDING (asked on Monday)',
    );
    const before = chain.documents();
    await chain.done(planApprove);
    expect(chain.files[REFINEMENT]).toContain('STATUS: APPROVED\n');
    await chain.done(undo());
    expect(chain.documents()).toEqual(before);
  });

  it('of a refinement that was there before: it stays', async () => {
    const chain = await new Chain().upTo('refine');
    const text = chain.files[REFINEMENT]!;
    const legacy = new Chain();
    legacy.files[REFINEMENT] = text;
    const before = legacy.documents();
    await legacy.done(refine);
    const { said: told } = await legacy.done(undo());
    expect(told).toEqual([
      'took back "refine" of 2026-03-01T08:01:00Z',
      `left ${REFINEMENT}: it was there before`,
    ]);
    expect(legacy.documents()).toEqual(before);
  });

  it('of a word: nothing but the entry', async () => {
    const chain = await new Chain().upTo('refine');
    chain.files[STUB] += '- [ ] Feed the cat.\n';
    await chain.done(attest());
    const before = chain.documents();
    await chain.done(undo());
    expect(chain.documents()).toEqual(before);
    expect(chain.entries()).toEqual(['refine', 'attest', 'undo']);
  });
});

describe('what the renderings become where others have worked on them since', () => {
  it('the entry goes to the end where the one before it is gone, and new notes stay', async () => {
    const chain = await (await crowded()).upTo('create');
    chain.files[BOARD] = chain.files[BOARD]!.replace('- **[WP-1-Other-v1]** - [STUB]\n', '');
    chain.files[REGISTRY] = chain.files[REGISTRY]!.replace(
      'anchored to spec v02.137; ',
      'anchored to spec v02.137; seen; ',
    );
    await chain.done(undo());
    expect(chain.files[BOARD]).toContain(
      `- **[WP-1-Alpha-v1]** - [STUB]\n- **[${WP}]** - [STUB] - waits for the core\n  a line of its own\n`,
    );
    expect(chain.files[REGISTRY]).toContain('| anchored to spec v02.137; seen; stub |');
  });
});

describe('an undo is refused', () => {
  it.each([
    [
      'refine',
      `Unexpected undo of "refine", expected the last step: approve, sign, prepare rest on it; take those back first (gov wp undo ${WP})`,
    ],
    [
      'sign',
      `Unexpected undo of "sign", expected the last step: prepare rests on it; take those back first (gov wp undo ${WP})`,
    ],
  ])('of %s while something rests on it', async (kind, message) => {
    const chain = await new Chain().upTo('prepare');
    const { fold } = await chain.dossier();
    const { hash } = fold.entries.find((entry) => entry.kind === kind)!;
    const plan = await chain.step(undo({ entry: hash.slice(0, 12) }));
    expect([codes(plan)[0], said(plan)[0]]).toEqual(['RESTED_ON', message]);
    expect([plan.writes.size, plan.git]).toEqual([0, []]);
  });

  it('after the packet was made, with the way on', async () => {
    const chain = await new Chain().upTo('create');
    const { fold } = await chain.dossier();
    const plan = await chain.step(undo({ entry: fold.entries[3]!.hash }));
    expect(said(plan)).toEqual([
      `Unexpected undo of "prepare", expected the last step: create rests on it; take those back first, or go on with the next one (gov wp revise ${WP} --reason TEXT)`,
    ]);
  });

  it('of a step of a packet that was revised, and of the revision', async () => {
    const chain = await new Chain().upTo('sign');
    await chain.done((dossier, by) => planRevise(dossier, by, { reason: 'too large' }));
    expect(said(await chain.step(undo()))).toEqual([
      'Unexpected undo of "revise", expected a step or a word: this one stays',
    ]);
    const { fold } = await chain.dossier();
    const signed = fold.entries.find(({ kind }) => kind === 'sign')!;
    expect(said(await chain.step(undo({ entry: signed.hash })))).toEqual([
      'Unexpected undo of "sign", expected the last step: revise rests on it; it goes on as WP-1-Demo-v2',
    ]);
    expect(said(await chain.step(undo(), 'WP-1-Demo-v2'))).toEqual([
      `Unexpected undo of "stub", expected one that nothing goes on as: ${WP} was revised to WP-1-Demo-v2`,
    ]);
  });

  it('of a refinement that has answers', async () => {
    const plan = await (await new Chain().upTo('refine')).step(undo());
    expect([codes(plan), said(plan)]).toEqual([
      ['WORKED_IN'],
      [
        `Unexpected change of ${REFINEMENT} (refinement:CLEARLY_COVERS.AMBIGUITY_FOUND), expected it as it was written: somebody has worked in it`,
      ],
    ]);
  });

  it.each([
    ['its scope', 'src/demo.ts', 'packet:SCOPE.IN_SCOPE_PATHS'],
    ["the Coder's part", '<unclaimed>', "the Coder's or the Validator's part"],
  ])('of a packet that somebody has worked in: %s', async (_, text, name) => {
    const chain = await new Chain().upTo('create');
    chain.files[PACKET] = chain.files[PACKET]!.replace(text, 'src/other.ts');
    expect(said(await chain.step(undo()))).toEqual([
      `Unexpected change of ${PACKET} (${name}), expected it as it was written: somebody has worked in it`,
    ]);
  });

  it('of a preparation with work on the branch, each of it named', async () => {
    const chain = await new Chain().upTo('prepare');
    const plan = await chain.step(undo({ work: ['feat/x has 2 commits of its own', 'it is locked'] }));
    expect([codes(plan), said(plan)[0]]).toEqual([
      ['WORKED_IN', 'WORKED_IN'],
      'Unexpected undo of "prepare", expected no work that would be lost: feat/x has 2 commits of its own',
    ]);
  });

  it.each([
    ['nobody knows', 'ffffffff', `${WP} has no entry "ffffffff"`],
    ['is empty', '', `${WP} has no entry ""`],
  ])('of an entry that %s', async (_, entry, why) => {
    const plan = await (await new Chain().upTo('refine')).step(undo({ entry }));
    expect([codes(plan), said(plan)]).toEqual([
      ['NOTHING_TO_UNDO'],
      [`Unexpected undo, expected an entry that counts: ${why}`],
    ]);
  });

  it('of a prefix that several entries begin with', async () => {
    const chain = await new Chain().upTo('refine');
    chain.files[STUB] += '- [ ] Feed the cat.\n';
    for (let word = 0; word < 16; word++) await chain.done(attest(`reason ${word}`));
    const { fold } = await chain.dossier();
    const firsts = fold.entries.map(({ hash }) => hash[0]!);
    const twice = firsts.find((digit, at) => firsts.indexOf(digit) !== at)!;
    const [plan] = [await chain.step(undo({ entry: twice }))];
    expect(said(plan)[0]).toMatch(
      /^Unexpected undo, expected an entry that counts: "[0-9a-f]" begins [0-9a-f]{12} \((?:refine|attest)\), /,
    );
  });

  it('of one that was taken back before', async () => {
    const chain = new Chain();
    await chain.done(refine);
    const { fold } = await chain.dossier();
    await chain.done(undo());
    // Done before, and so nothing to do: whoever was killed after it runs it again.
    const { hash } = fold.entries[0]!;
    const again = await chain.step(undo({ entry: hash.slice(0, 8) }));
    expect([again.unmet, again.done]).toEqual([
      [],
      `${hash.slice(0, 12)} was taken back at 2026-03-01T08:02:00Z`,
    ]);
    expect(said(await chain.step(undo()))).toEqual([
      `Unexpected undo, expected an entry that counts: ${WP} has nothing to take back`,
    ]);
  });

  it('by a Coder', async () => {
    const chain = new Chain();
    await chain.done(refine);
    const plan = planUndo(await chain.dossier(), chain.by('Coder'), {});
    expect([codes(plan), said(plan)]).toEqual([
      ['ROLE_MAY_NOT_WRITE'],
      ['Unexpected role "Coder", expected Orchestrator or Operator: nobody else records "undo"'],
    ]);
  });
});

describe('after an undo', () => {
  it('a word may be taken back from under a step', async () => {
    const chain = await new Chain().upTo('refine');
    chain.files[STUB] += '- [ ] Feed the cat.\n';
    await chain.done(attest());
    await chain.done(planApprove);
    const { fold } = await chain.dossier();
    const word = fold.entries.find(({ kind }) => kind === 'attest')!;
    await chain.done(undo({ entry: word.hash.slice(0, 10).toUpperCase() }));
    expect((await chain.dossier()).fold.entries.map(({ kind }) => kind)).toEqual([
      'refine',
      'approve',
      'undo',
    ]);
  });

  it.each([
    ['refinement', REFINEMENT, 'refine'],
    ['packet', PACKET, 'create'],
  ] as const)('a %s that was removed by hand is no obstacle', async (_, path, last) => {
    const chain = await new Chain().upTo(last);
    delete chain.files[path];
    await chain.done(undo());
    expect(chain.files[path]).toBeUndefined();
    expect(chain.files[BOARD]).toContain(`- **[${WP}]** - [STUB]\n`);
  });

  it('the chain goes on: refined again from the start', async () => {
    const chain = new Chain();
    await chain.done(refine);
    await chain.done(undo());
    await chain.upTo('create');
    expect(chain.entries()).toEqual(['refine', 'undo', 'refine', 'approve', 'sign', 'prepare', 'create']);
  });

  it('a signature stays used, and another one is told what changed since', async () => {
    const chain = await new Chain().upTo('sign');
    await chain.done(undo());
    expect([...new Set(codes(await chain.step(sign())))]).toEqual(['SIGNATURE_REUSED']);
    chain.files[REFINEMENT] = chain.files[REFINEMENT]!.replace(
      '- REQUESTOR: said by a person',
      '- REQUESTOR: x',
    );
    await chain.done(planApprove);
    const { said: told } = await chain.done(sign('ilja010320261230'));
    expect(told).toEqual([
      'signed 37 parts of the refinement, 20 of the stub, 1 clauses; since the last signature:',
      `  changed refinement:PACKET_INPUT.REQUESTOR  ${REFINEMENT}:47`,
    ]);
    expect((await chain.tree()).audit!.rows.map(({ signature, invalid }) => [signature, invalid])).toEqual([
      ['ilja010320261230', false],
      [SIGNATURE, true],
    ]);
  });

  it('a packet is made once more, and taken back once more', async () => {
    const chain = await crowded();
    await chain.upTo('prepare');
    const before = chain.documents();
    for (const _ of [1, 2]) {
      await chain.done(create);
      await chain.done(undo());
      expect(chain.documents()).toEqual(before);
    }
  });
});
