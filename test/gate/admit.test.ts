import { describe, expect, it } from 'vitest';
import { ledgerFile, packetParts, partDigests, readPacket } from '../../tools/artifacts/index.ts';
import { libraryOfSpecs } from '../../tools/gate/drift/library.ts';
import { admit, type Ground, planRevise, type SpecLibrary } from '../../tools/gate/index.ts';
import { buildIndex, type SpecIndex, specFileOf } from '../../tools/spec/index.ts';
import { decode, sha256 } from '../../tools/text/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { BOARD, baseSpec, readBase, SPEC, STUB } from '../checks/base.ts';
import { PACKET, REFINEMENT, WP } from './demo.ts';
import { ground, NOON, stages, taken } from './open.ts';

type Files = Record<string, string>;

const made = await stages();
const open = made.created;

async function ask(
  files: Files,
  { wpId = WP, role = 'Coder', on = ground, spec = baseSpec(), library }: Asked = {},
): Promise<ReturnType<typeof admit>> {
  return admit(await treeOf(files), spec, wpId, role, library, on);
}
interface Asked {
  wpId?: string;
  role?: string;
  on?: Ground;
  spec?: SpecIndex;
  library?: SpecLibrary;
}
const closed = (message: string, code = 'gate_closed') => ({
  refused: true,
  code,
  message: `${WP} is closed: ${message}`,
});
const edited = (path: string, from: string, to: string): Files => {
  expect(open[path]).toContain(from);
  return { ...open, [path]: open[path]!.replace(from, to) };
};

describe('an open gate', () => {
  it.each([
    ['Coder', ['fs.read', 'proc.exec']],
    ['Validator', ['fs.read']],
  ])('gives a %s its capabilities, the paths of the packet and its digest', async (role, capabilities) => {
    expect(await ask(open, { role })).toEqual({
      capabilities,
      paths: ['src/demo.ts'],
      packet_digest: sha256(open[PACKET]!),
    });
  });

  it('a role that nobody listed is refused, also where there is no list', async () => {
    expect(await ask(open, { role: 'Ghost' })).toEqual({
      refused: true,
      code: 'unknown_role',
      message: 'unknown role "Ghost", expected one of Coder, Validator',
    });
    const { '.GOV/roles.yaml': _, ...files } = open;
    expect(await ask(files)).toMatchObject({ refused: true, code: 'unknown_role' });
  });

  it.each(['constructor', '__proto__', 'coder', ''])('the role %j is unknown', async (role) => {
    expect(await ask(open, { role })).toMatchObject({ refused: true, code: 'unknown_role' });
  });
});

describe('what is on its way admits nobody, and is told the first reason and the next command', () => {
  it.each([
    [
      'stub',
      'a stub admits nobody; item 2 (refinement_block) is open: nothing recorded yet',
      `just record-refinement ${WP}`,
    ],
    [
      'refined',
      'a stub admits nobody; item 2 (refinement_block) needs a human: nobody recorded that the block was shown and approved',
      `just approve-refinement ${WP}`,
    ],
    [
      'approved',
      'a stub admits nobody; item 3 (signature) is open: nothing recorded yet',
      `just record-signature ${WP} {username}{DDMMYYYYHHMM}`,
    ],
    [
      'signed',
      `a stub admits nobody; item 5 (packet) is open: ${PACKET} does not exist; it comes last`,
      `just record-prepare ${WP}`,
    ],
    [
      'prepared',
      `a stub admits nobody; item 5 (packet) is open: ${PACKET} does not exist; it comes last`,
      `just create-task-packet ${WP}`,
    ],
  ] as const)('%s', async (stage, why, next) => {
    expect(await ask(made[stage])).toEqual(closed(`${why}; next: ${next}`));
  });

  it.each([
    ['WP-1-Nobody-v1', 'unknown_id', /^Unexpected work packet WP-1-Nobody-v1/],
    ['WP-1-../x', 'invalid_id', /is no work-packet id/],
  ])('%s is refused', async (wpId, code, message) => {
    expect(await ask(open, { wpId })).toEqual({
      refused: true,
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('what drifted admits nobody', () => {
  it('a refinement that was edited since', async () => {
    const files = edited(
      REFINEMENT,
      'CLEARLY_COVERS_REASON: NONE: looked at',
      'CLEARLY_COVERS_REASON: other',
    );
    expect(await ask(files)).toEqual(
      closed(
        `item 2 (refinement_block) is failed: CLEARLY_COVERS.CLEARLY_COVERS_REASON of the refinement was changed since it was approved; next: just approve-refinement ${WP}`,
      ),
    );
  });

  it('a stub that was edited since', async () => {
    const files = edited(STUB, '- Everything else.', '- Nothing else.');
    const answer = await ask(files);
    expect(answer).toMatchObject({ refused: true, code: 'gate_closed' });
    expect((answer as { message: string }).message).toMatch(
      /^WP-1-Demo-v1 is closed: item 2 \(refinement_block\) is failed: .* of the stub was changed since it was approved; next: just approve-refinement WP-1-Demo-v1$/,
    );
  });

  it('a packet that was edited since', async () => {
    const files = edited(PACKET, '  - src/demo.ts', '  - src/other.ts');
    const answer = await ask(files);
    expect(answer).toMatchObject({ refused: true, code: 'gate_closed' });
    expect((answer as { message: string }).message).toMatch(
      /^WP-1-Demo-v1 is closed: item 5 \(packet\) is failed: .* of the packet was changed since it was created; next: gov wp revise WP-1-Demo-v1 --reason \{reason\}$/,
    );
  });

  it('a packet that was widened together with the entry that made it, which no key signs', async () => {
    const files = edited(PACKET, '  - src/demo.ts', '  - src/demo.ts\n  - src/secret.ts');
    const [path, text] = Object.entries(files).find(([each]) => each.includes('-create-'))!;
    delete files[path];
    const { wp_id: wpId, kind: _, ...content } = JSON.parse(text);
    const packet = readPacket(decode(PACKET, new TextEncoder().encode(files[PACKET]!)));
    const data = {
      ...content.data,
      parts: partDigests(['packet', packetParts(packet)]),
      sha256: sha256(files[PACKET]!),
    };
    const forged = ledgerFile('.GOV', { ...content, wpId, kind: 'create', seq: 5, data });
    expect(await ask({ ...files, [forged.path]: forged.text })).toEqual(
      closed(
        'item 5 (packet) is failed: src/secret.ts is in its scope, and not in that of the refinement; next: gov wp revise WP-1-Demo-v1 --reason {reason}',
      ),
    );
  });

  const changed = (name: string): SpecIndex => {
    const text = readBase('spec.md').replace('A session has a state.', 'A session has two states.');
    return buildIndex(name, [specFileOf(name, Buffer.from(text))]);
  };

  it('a clause of the spec whose old text is nowhere any more', async () => {
    expect(await ask(open, { spec: changed(SPEC) })).toEqual(
      closed(
        `item 2 (refinement_block) is failed: the clause 1.1.1 was changed since it was approved; next: just approve-refinement ${WP}`,
      ),
    );
  });

  it('a clause that a later version of the spec has otherwise', async () => {
    const spec = changed('Demo_Spec_v02.138.md');
    const answer = await ask(open, { spec, library: libraryOfSpecs([spec, baseSpec()]) });
    expect(answer).toMatchObject({ refused: true, code: 'gate_closed' });
    expect((answer as { message: string }).message).toMatch(
      /^WP-1-Demo-v1 is closed: item 3 \(signature\) is failed: re-opened: what it was given for has CHANGED: /,
    );
  });

  it('an entry of the ledger that was taken away', async () => {
    const files = Object.fromEntries(Object.entries(open).filter(([path]) => !path.includes('-sign-')));
    const answer = await ask(files);
    expect(answer).toMatchObject({ refused: true, code: 'gate_closed' });
    expect((answer as { message: string }).message).toMatch(
      /^WP-1-Demo-v1 is closed: what the ledger says does not count: .*, expected an entry of WP-1-Demo-v1: there is none, or it was taken away; next: gov check$/,
    );
  });

  it.each([
    ['absent', 'not committed yet'],
    ['differs', 'it differs from what is committed'],
  ] as const)('a packet that is not committed (%s)', async (state, why) => {
    const on: Ground = { ...ground, committed: (path) => (path === PACKET ? state : 'same') };
    expect(await ask(open, { on })).toEqual(
      closed(
        `item 5 (packet) is open: ${PACKET}: ${why}; next: git add .GOV && git commit -m "Activate a work packet"`,
      ),
    );
  });

  it('a packet of which nobody knows whether it is committed', async () => {
    expect(await ask(open, { on: { ...ground, committed: () => 'unknown' } })).toMatchObject({
      refused: true,
      code: 'gate_closed',
    });
  });
});

describe('what something stands before admits nobody', () => {
  const BLOCKER = 'WP-1-Core-v1';

  it('a blocker that was waived lets it pass until the day is over', async () => {
    const { created } = await stages({ blockedBy: BLOCKER, until: '2026-03-02' });
    expect(await ask(created)).toMatchObject({ paths: ['src/demo.ts'] });
    const late = (hours: number): Asked => ({ on: { ...ground, now: NOON + hours * 3_600_000 } });
    expect(await ask(created, late(35))).toMatchObject({ paths: ['src/demo.ts'] });
    expect(await ask(created, late(36))).toEqual(
      closed(
        `depends on ${BLOCKER}, which has no packet; the waiver of ilja ended with 2026-03-02; next: just waive ${WP} ${BLOCKER} --reason {reason} --until {YYYY-MM-DD}`,
      ),
    );
    // The day ends when it ends for those who sign.
    const east: Ground = { ...ground, now: NOON + 30 * 3_600_000, timeZone: 'Pacific/Auckland' };
    expect(await ask(created, { on: east })).toMatchObject({ refused: true, code: 'gate_closed' });
  });
});

describe('what is over admits nobody', () => {
  it('a packet that goes on as the next revision', async () => {
    const files = await taken(open, (dossier) =>
      planRevise(
        dossier,
        { actor: 'ilja', role: 'Operator', time: '2026-03-01T11:30:00Z' },
        { reason: 'the clause has changed' },
      ),
    );
    expect(await ask(files)).toEqual({
      refused: true,
      code: 'not_activatable',
      message: `${WP} is superseded and must not be activated: it goes on as WP-1-Demo-v2`,
    });
  });

  it('a superseded stub', async () => {
    const files = edited(STUB, made.created[STUB]!.match(/STUB_STATUS: (.*)/)![1]!, 'SUPERSEDED');
    expect(await ask(files)).toMatchObject({ refused: true, code: 'not_activatable' });
  });

  it.each(['VALIDATED', 'FAIL', 'OUTDATED_ONLY'])('work that is %s on the board', async (token) => {
    const board = `# Task Board\n\n## Done\n\n- **[${WP}]** - [${token}]\n`;
    expect(await ask({ ...open, [BOARD]: board })).toEqual(
      closed(`its work has ended: ${BOARD}:5 says [${token}]`, 'work_ended'),
    );
  });

  it.each([
    ['under Done, without a word', '## Done\n', '', 'the section "Done"'],
    ['superseded', '## Superseded (Archive)\n', ' - [SUPERSEDED]', '[SUPERSEDED]'],
  ])('%s', async (_, section, token, said) => {
    const board = `# Task Board\n\n${section}\n- **[${WP}]**${token}\n`;
    expect(await ask({ ...open, [BOARD]: board })).toEqual(
      closed(`its work has ended: ${BOARD}:5 says ${said}`, 'work_ended'),
    );
  });

  it('a second entry that says so counts', async () => {
    const board = `${open[BOARD]!}\n## Done\n\n- **[${WP}]** - [VALIDATED]\n`;
    expect(await ask({ ...open, [BOARD]: board })).toMatchObject({ refused: true, code: 'work_ended' });
  });
});

it('while a step is interrupted nobody is admitted, whichever packet it was of', async () => {
  for (const wpId of [WP, 'WP-1-Other-v1']) {
    const next = `just create-task-packet ${wpId}`;
    expect(await ask(open, { on: { ...ground, interrupted: { step: 'create', wpId, next } } })).toEqual(
      closed(
        `the step "create" of ${wpId} was interrupted here, and what it writes may be half there; next: ${next}`,
        'step_interrupted',
      ),
    );
  }
});
