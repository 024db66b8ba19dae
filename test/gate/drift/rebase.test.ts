import { describe, expect, it } from 'vitest';
import { applyRebase, diffOf, planRebase, type RebasePlan } from '../../../tools/gate/index.ts';
import { buildIndex, type SpecIndex, specFileOf } from '../../../tools/spec/index.ts';
import { sha256 } from '../../../tools/text/index.ts';
import {
  BOARD,
  BY,
  demoFiles,
  MODEL,
  MOVES,
  NEW,
  OLD,
  PACKET,
  RECOVERY,
  REFINEMENT,
  refinementText,
  SPAWN,
  STUB,
  sha1Of,
  specText,
  stubText,
  WP,
} from './demo-spec.ts';
import { open, planOf } from './opened.ts';

const moved = (files: Record<string, string> = {}) => demoFiles({ [NEW]: specText(MOVES), ...files });

/** Every document with its state, and how many of its anchors are rewritten and left. */
function states({ documents }: RebasePlan) {
  return documents.map(({ file, state, moved: rewritten, left }) => [
    file,
    state,
    rewritten.length,
    left.length,
  ]);
}

/** The lines that a plan changes, as `line: before | after`. */
function changes({ writes }: RebasePlan, path: string): string[] {
  const write = writes.find((each) => each.path === path);
  if (write === undefined) return [];
  const [before, after] = [write.before.split('\n'), write.after.split('\n')];
  return before.flatMap((text, index) =>
    text === after[index] ? [] : [`${index + 1}: ${text} | ${after[index]}`],
  );
}

describe('G08: a bump that only moves lines', () => {
  it('rewrites the lines of the windows, the version of the anchors, the file and its hash', async () => {
    const plan = await planOf(moved());
    expect(states(plan)).toEqual([
      [REFINEMENT, 'REBASED', 2, 0],
      [STUB, 'REBASED', 1, 0],
    ]);
    const [old, now] = [sha1Of(specText()), sha1Of(specText(MOVES))];
    expect(changes(plan, REFINEMENT)).toEqual([
      `3: - SPEC_TARGET_RESOLVED: .GOV/roles_shared/SPEC_CURRENT.md -> ${OLD} | - SPEC_TARGET_RESOLVED: .GOV/roles_shared/SPEC_CURRENT.md -> ${NEW}`,
      `4: - SPEC_TARGET_SHA1: ${old} | - SPEC_TARGET_SHA1: ${now}`,
      `10: - SPEC_ANCHOR: ${MODEL.text} | - SPEC_ANCHOR: ${NEW} 1.1.1 Session Model (Normative)`,
      `11: - CONTEXT_START_LINE: 7 | - CONTEXT_START_LINE: ${7 + BY}`,
      `12: - CONTEXT_END_LINE: 15 | - CONTEXT_END_LINE: ${15 + BY}`,
      `28: - SPEC_ANCHOR: ${SPAWN.text} | - SPEC_ANCHOR: ${NEW} 1.1.2 Spawn Rules (Normative)`,
      `29: - CONTEXT_START_LINE: 17 | - CONTEXT_START_LINE: ${17 + BY}`,
      `30: - CONTEXT_END_LINE: 20 | - CONTEXT_END_LINE: ${20 + BY}`,
    ]);
    expect(changes(plan, STUB)).toEqual([
      `6:   - ${OLD} 1.1.3 Recovery (Normative) |   - ${NEW} 1.1.3 Recovery (Normative)`,
    ]);
  });

  it('keeps the signature', async () => {
    const [refinement] = (await planOf(moved())).documents;
    expect(refinement!.signature).toEqual({ text: 'ilja240220260346', state: 'KEPT' });
  });

  it('a second run has nothing to do', async () => {
    const files = moved();
    for (const { path, after } of (await planOf(files)).writes) files[path] = after;
    const again = await planOf(files);
    expect([states(again), again.writes]).toEqual([
      [
        [REFINEMENT, 'CURRENT', 0, 0],
        [STUB, 'CURRENT', 0, 0],
      ],
      [],
    ]);
  });

  it.each([
    ['a BOM', (text: string) => `\uFEFF${text}`],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['both, and no last line end', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`.trimEnd()],
    ['lines that end in blanks', (text: string) => text.replaceAll('\n', '  \n')],
  ])('every other byte stays, in a file with %s', async (_, as) => {
    const text = as(refinementText());
    const files = moved({ [REFINEMENT]: text });
    const [write] = (await planOf(files)).writes.filter(({ path }) => path === REFINEMENT);
    expect(write!.before).toBe(text);
    const plain = (await planOf(moved())).writes.find(({ path }) => path === REFINEMENT)!;
    expect(write!.after).toBe(as(plain.after));
  });

  it('a hash in capitals stays in capitals', async () => {
    const sha1 = sha1Of(specText()).toUpperCase();
    const plan = await planOf(moved({ [REFINEMENT]: refinementText({ sha1 }) }));
    expect(changes(plan, REFINEMENT)[1]).toBe(
      `4: - SPEC_TARGET_SHA1: ${sha1} | - SPEC_TARGET_SHA1: ${sha1Of(specText(MOVES)).toUpperCase()}`,
    );
  });

  it('an anchor that is a line takes the new line', async () => {
    const anchors = [{ ...MODEL, text: `${OLD}:9 a session has a state` }];
    const plan = await planOf(moved({ [REFINEMENT]: refinementText({ anchors }) }));
    expect(changes(plan, REFINEMENT)[2]).toBe(
      `10: - SPEC_ANCHOR: ${OLD}:9 a session has a state | - SPEC_ANCHOR: ${NEW}:${9 + BY} a session has a state`,
    );
  });

  it('a document that is named is rebased alone', async () => {
    expect(states(await planOf(moved(), [STUB]))).toEqual([[STUB, 'REBASED', 1, 0]]);
    expect(states(await planOf(moved(), [WP]))).toEqual([[REFINEMENT, 'REBASED', 2, 0]]);
  });
});

describe('what is left to a person', () => {
  /** Why a refinement is left, anchor by anchor. */
  async function left(files: Record<string, string>) {
    const plan = await planOf(moved(files));
    const document = plan.documents.find(({ file }) => file === REFINEMENT)!;
    expect([document.state, changes(plan, REFINEMENT)]).toEqual(['LEFT', []]);
    return document.left.map(({ change, reason }) => [change, reason]);
  }

  it('G09: one clause that changed leaves the whole refinement, and re-opens its signature', async () => {
    const spec = specText(MOVES, ['bounded by its parent', 'bounded by its root']);
    expect(await left({ [NEW]: spec })).toEqual([
      ['CHANGED', 'the text of 1.1.2 Spawn Rules changed (line 21)'],
    ]);
    const [refinement] = (await planOf(demoFiles({ [NEW]: spec }))).documents;
    expect(refinement!.signature).toEqual({ text: 'ilja240220260346', state: 'REOPENED' });
  });

  it('G10: a hash of another version', async () => {
    const spec = specText(MOVES);
    const name = sha1Of(spec).slice(0, 12);
    expect(await left({ [REFINEMENT]: refinementText({ spec, file: OLD, anchors: [MODEL] }) })).toEqual([
      ['SPEC_HASH_MISMATCH', `${name} is the sha1 of ${NEW}, not of ${OLD}`],
    ]);
  });

  it('a spec that is not at hand', async () => {
    const gone = { file: 'Demo_Spec_v02.101.md', sha1: '0'.repeat(40), anchors: [RECOVERY] };
    expect(await left({ [REFINEMENT]: refinementText(gone) })).toEqual([
      ['SPEC_FILE_ABSENT', 'Demo_Spec_v02.101.md is not at hand: there is no git history to look in'],
    ]);
  });

  it.each([
    [
      'an excerpt that its own version does not have',
      { excerpt: ['A session has a mind.'] },
      'EXCERPT_MISMATCH in v02.134: "A session has a mind." is not in lines 7-15 of the spec',
    ],
    [
      'a token outside its window',
      { token: 'A child' },
      'TOKEN_OUTSIDE_WINDOW in v02.134: "A child" is not in lines 7-15: the nearest is line 19',
    ],
    ['an anchor that names nothing', { text: '' }, 'it has no SPEC_ANCHOR'],
    [
      'an anchor that names another version than its document',
      { text: 'Demo_Spec_v02.133.md 1.1.1 Session Model' },
      'it names v02.133, and its document pins v02.134',
    ],
  ])('%s', async (_, change, reason) => {
    const anchors = [{ ...MODEL, ...change }];
    expect(await left({ [REFINEMENT]: refinementText({ anchors }) })).toEqual([['UNRESOLVED', reason]]);
  });

  it('of a stub the lines that changed, and the others are rewritten', async () => {
    const candidates = [
      `${OLD} 1.1.1 Session Model`,
      `${OLD} 1.1.2 Spawn Rules`,
      '1.1.3 Recovery',
      `${NEW} 1.1.3`,
    ];
    const files = demoFiles({
      [NEW]: specText(MOVES, ['bounded by its parent', 'bounded by its root']),
      [STUB]: stubText(...candidates),
    });
    const plan = await planOf(files, [STUB]);
    expect([states(plan), changes(plan, STUB)]).toEqual([
      [[STUB, 'LEFT', 1, 1]],
      [`6:   - ${OLD} 1.1.1 Session Model |   - ${NEW} 1.1.1 Session Model`],
    ]);
    expect(plan.documents[0]!.left[0]!.reason).toBe('the text of 1.1.2 Spawn Rules changed (line 21)');
  });
});

describe('what is history', () => {
  it.each<[string, Record<string, string>, string, string]>([
    [
      'the refinement of a packet that is validated',
      { [BOARD]: `## Done\n- **[${WP}]** - [VALIDATED]\n` },
      REFINEMENT,
      'the board says [VALIDATED]',
    ],
    [
      'the refinement of a packet that says so itself',
      {
        [BOARD]: '## Done\n',
        [PACKET]: `# Task Packet: ${WP}\n## METADATA\n- **Status:** Validated (PASS)\n`,
      },
      REFINEMENT,
      'its packet says "Validated"',
    ],
    [
      'a stub that is superseded',
      { [STUB]: stubText(`${OLD} 1.1.3 Recovery`).replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED (split)') },
      STUB,
      'the stub says "SUPERSEDED (split)"',
    ],
    [
      'a stub whose packet is there',
      { '.GOV/task_packets/WP-1-Later-v1.md': '# Task Packet: WP-1-Later-v1\n' },
      STUB,
      'its packet has taken its place',
    ],
  ])('%s', async (_, change, file, reason) => {
    const plan = await planOf(moved(change));
    const document = plan.documents.find((each) => each.file === file)!;
    expect([document.state, document.reason, changes(plan, file)]).toEqual(['CLOSED', reason, []]);
  });

  it('packets: what was signed is not rewritten', async () => {
    expect((await planOf(moved())).writes.map(({ path }) => path)).not.toContain(PACKET);
  });
});

it('a plan that does not hold on the planned tree is never handed out', async () => {
  const { snapshot, tree, to, library } = await open(moved());
  const far = buildIndex(NEW, [specFileOf(NEW, Buffer.from(`\n\n${specText(MOVES)}`))]);
  const target = {
    to,
    file: NEW,
    sha1: to.files[0]!.sha1,
    library,
    diffFrom: (spec: SpecIndex) => diffOf(spec, far),
  };
  await expect(planRebase(snapshot, tree, target)).rejects.toThrow(
    `the rebase of ${REFINEMENT} does not hold (line 10): nothing is written`,
  );
});

it('a pin of a newer version is not taken back', async () => {
  const newer = { file: 'Demo_Spec_v02.140.md', sha1: '0'.repeat(40) };
  const plan = await planOf(moved({ [REFINEMENT]: refinementText(newer) }));
  expect(states(plan)[0]).toEqual([REFINEMENT, 'NEWER', 0, 0]);
  expect(plan.documents[0]!.reason).toBe('it pins v02.140, which is newer than v02.138');
});

describe('applying', () => {
  function disk(files: Record<string, string>) {
    return {
      read: async (path: string) => new TextEncoder().encode(files[path]),
      write: async (path: string, text: string) => {
        files[path] = text;
      },
    };
  }

  it('stopped between two files, the next run completes it', async () => {
    const files = moved();
    const whole = moved();
    await applyRebase(await planOf(whole), disk(whole));
    const { read, write } = disk(files);
    let room = 1;
    const stopping = async (path: string, text: string): Promise<void> => {
      if (room-- === 0) throw new Error('killed');
      await write(path, text);
    };
    await expect(applyRebase(await planOf(files), { read, write: stopping })).rejects.toThrow('killed');
    expect([files[REFINEMENT] === whole[REFINEMENT], files[STUB] === whole[STUB]]).toEqual([true, false]);
    await applyRebase(await planOf(files), { read, write });
    expect(files).toEqual(whole);
    expect((await planOf(files)).writes).toEqual([]);
  });

  it('a file that changed since the plan stops it before anything is written', async () => {
    const files = moved();
    const plan = await planOf(files);
    files[STUB] += '\n';
    const before = sha256(JSON.stringify(files));
    await expect(applyRebase(plan, disk(files))).rejects.toMatchObject({
      finding: {
        rule: 'spec/rebase-refused',
        place: { file: STUB, line: 1 },
        message: `Unexpected change of ${STUB} since the plan was made, expected the text that was planned from`,
      },
    });
    expect(sha256(JSON.stringify(files))).toBe(before);
  });
});
