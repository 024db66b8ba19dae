import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Intent, layoutOf, readTree } from '../../tools/artifacts/index.ts';
import { loadConfig, type SignaturePolicy } from '../../tools/config/index.ts';
import {
  openLibrary,
  pinsOf,
  readGround,
  stateWord,
  type WpItem,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { GOLDEN, GOLDEN_BRANCH, GOLDEN_WORKTREE, goldenFiles } from '../support/golden.ts';
import { repositoryIn } from '../support/repository.ts';

/** The day of the activation, in the afternoon. */
const NOW = Date.parse('2026-02-24T15:00:00Z');
const SPEC = 'Handshake_Master_Spec_v02.137.md';

const folder = mkdtempSync(join(tmpdir(), 'gov kit golden '));
const root = join(folder, 'main');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Asked = (wpId: string) => WpStatus;

/** Everything that the gate judges by, read once from the repository as it stands. */
async function open(policy?: SignaturePolicy): Promise<Asked> {
  const snapshot = worktreeSnapshot(root);
  const config = await loadConfig(snapshot);
  const gate = { ...config.gate, ...(policy !== undefined && { signature: policy }) };
  const layout = layoutOf(config.layout);
  const [tree, spec] = await Promise.all([readTree(snapshot, { layout }), loadSpec(snapshot, { root })]);
  const [library, ground] = await Promise.all([
    openLibrary(snapshot, root, pinsOf(tree), [spec]),
    readGround({ root, tree, layout, config: { ...config, gate }, policy: snapshot, now: NOW, wpId: GOLDEN }),
  ]);
  return (wpId) => wpStatus(tree, spec, wpId, library, ground);
}

const itemOf = ({ items }: WpStatus, intent: Intent): WpItem => items.find((item) => item.intent === intent)!;
const states = ({ items }: WpStatus): string[][] => items.map((item) => [item.intent, item.state]);
const saidOf = (item: WpItem): string[] =>
  item.evidence.map(({ file, line, detail }) => `${file?.split('/').at(-1) ?? ''}:${line ?? ''} ${detail}`);

let before: Asked;
let typed: Asked;
let ssh: Asked;

beforeAll(async () => {
  for (const path of ['.GOV', SPEC, 'Handshake Codex v1.4.md'])
    cpSync(join(corpusRoot, path), join(root, path), { recursive: true });
  const { git, commit } = repositoryIn(root);
  // The corpus has BOMs and both kinds of line ends: a commit must keep its bytes.
  git('config', 'core.autocrlf', 'false');
  commit({}, 'the corpus');
  before = await open();
  git('worktree', 'add', '--quiet', '-b', GOLDEN_BRANCH, GOLDEN_WORKTREE);
  commit(goldenFiles(), 'the activation');
  [typed, ssh] = await Promise.all([open(), open('ssh')]);
}, 120_000);

describe('a real activation, committed, with the branch and the worktree that its PREPARE names', () => {
  it('is proven, attested or a question for a human, item by item', () => {
    expect(states(typed(GOLDEN))).toEqual([
      ['main_body', 'NEEDS_HUMAN'],
      ['refinement_block', 'ATTESTED'],
      ['signature', 'ATTESTED'],
      ['refinement_file', 'PASS'],
      ['packet', 'PASS'],
      ['copy_notes', 'NEEDS_HUMAN'],
      ['board', 'PASS'],
    ]);
  });

  it('the refinement file is proven from its content: every line that it quotes stands in the spec', () => {
    expect(saidOf(itemOf(typed(GOLDEN), 'refinement_file'))).toEqual([
      `${SPEC}:1 5 anchors: 115 of 115 lines quoted, each as it stands in v02.137`,
      `${GOLDEN}.md:17 complete, approved, signed and committed`,
    ]);
  });

  it('the packet is proven from its content and from what is around it', () => {
    expect(saidOf(itemOf(typed(GOLDEN), 'packet'))).toEqual([
      `${GOLDEN}.md:1 exists, its ids agree, nothing is left open`,
      'ORCHESTRATOR_GATES.json:1456 prepared 2026-02-24T03:47:21.632Z; could have been typed by anyone',
    ]);
  });

  it('block and signature are attested, and could have been typed by anyone', () => {
    const status = typed(GOLDEN);
    expect(saidOf(itemOf(status, 'refinement_block'))).toEqual([
      'ORCHESTRATOR_GATES.json:1440 recorded 2026-02-24T02:06:42.025Z; could have been typed by anyone',
      `${GOLDEN}.md:19 "APPROVE REFINEMENT ${GOLDEN}"; could have been typed by anyone`,
    ]);
    expect(saidOf(itemOf(status, 'signature'))).toEqual([
      'ORCHESTRATOR_GATES.json:1452 ilja240220260346; could have been typed by anyone',
      `${GOLDEN}.md:18 ilja240220260346; could have been typed by anyone`,
      `${GOLDEN}.md:19 ilja240220260346; could have been typed by anyone`,
      'SIGNATURE_AUDIT.md:26 ilja240220260346; could have been typed by anyone',
    ]);
  });

  it('under the policy ssh neither counts, and the rest stays as it is', () => {
    const status = ssh(GOLDEN);
    const first = (intent: Intent): string => saidOf(itemOf(status, intent))[0]!;
    expect(states(status)).toEqual([
      ['main_body', 'NEEDS_HUMAN'],
      ['refinement_block', 'FAIL'],
      ['signature', 'FAIL'],
      ['refinement_file', 'PASS'],
      ['packet', 'PASS'],
      ['copy_notes', 'NEEDS_HUMAN'],
      ['board', 'PASS'],
    ]);
    expect([first('refinement_block'), first('signature')]).toEqual([
      ': the policy is ssh, and a typed approval that no signed entry follows is none',
      ': the policy is ssh, and a typed signature is bound to nothing',
    ]);
  });

  it('a human is asked about 6.0.2 and 6.0.2.5, which a broken fence hides; the other four are unique', () => {
    const said = saidOf(itemOf(typed(GOLDEN), 'main_body'));
    expect(said[0]).toMatch(/ 4 of 6 anchors UNIQUE in v02\.137$/);
    const doubtful = said.slice(1).filter((line) => !/ UNIQUE \(/.test(line));
    expect(doubtful).toEqual([
      `${GOLDEN}.md:24 6.0.2 HIDDEN_BY_BROKEN_FENCE (${SPEC}:22421): the broken fence of line 22296 hides it from a strict reader`,
      `${GOLDEN}.md:25 6.0.2.5 HIDDEN_BY_BROKEN_FENCE (${SPEC}:22492): the broken fence of line 22296 hides it from a strict reader`,
    ]);
  });

  it('the board counts, and is told that it says Active', () => {
    expect(saidOf(itemOf(typed(GOLDEN), 'board'))).toEqual([
      'TASK_BOARD.md:52 TASK_BOARD.md:52 says [ACTIVE]',
      ': it went to Active, and not to Ready for Dev',
    ]);
  });

  it('the gate stays closed until a human has said what only a human can', () => {
    const { ready, stage, blockers, next } = typed(GOLDEN);
    expect([ready, stage, blockers]).toEqual([false, 'PACKET', []]);
    expect(next).toBe(`just attest ${GOLDEN} 1 --reason {reason}`);
  });
});

describe('the corpus before that activation', () => {
  it('has nothing of it, and says of each item what is missing', () => {
    const status = before(GOLDEN);
    expect([status.stage, status.ready]).toEqual(['STUB', false]);
    expect(status.items.map((item) => [item.intent, stateWord(item), item.evidence[0]!.detail])).toEqual([
      ['main_body', 'needs you', '4 of 6 anchors UNIQUE in v02.137'],
      ['refinement_block', 'open', 'nothing recorded yet'],
      ['signature', 'open', 'nothing recorded yet'],
      ['refinement_file', 'open', `.GOV/refinements/${GOLDEN}.md does not exist`],
      ['packet', 'open', `.GOV/task_packets/${GOLDEN}.md does not exist; it comes last`],
      ['copy_notes', 'open', '0 of 20 bullets mapped'],
      ['board', 'open', 'TASK_BOARD.md:59 says [STUB]'],
    ]);
    expect(states(status).filter(([, state]) => state === 'FAIL')).toHaveLength(6);
  });
});

describe('what is never to be activated, and what goes by another id', () => {
  it('a superseded stub is refused, whatever its items say', () => {
    const { refusal, ready, next } = typed('WP-1-Multi-Session-Orchestration-Spawn-Lifecycle-v1');
    expect([ready, next]).toEqual([false, null]);
    expect(refusal).toBe(
      'WP-1-Multi-Session-Orchestration-Spawn-Lifecycle-v1 is superseded and must not be activated: .GOV/task_packets/stubs/WP-1-Multi-Session-Orchestration-Spawn-Lifecycle-v1.md:31 says "SUPERSEDED (ARCHIVED; split into smaller stubs; do not activate)"',
    );
  });

  // Each of them would have been activated a second time, under its own id.
  it.each([
    ['WP-1-Dev-Experience-ADRs', 'WP-1-Dev-Experience-ADRs-v1', 75],
    ['WP-1-Cloud-Escalation-Consent-v1', 'WP-1-Cloud-Escalation-Consent-v2', 133],
    ['WP-1-Product-Governance-Snapshot-v1', 'WP-1-Product-Governance-Snapshot-v4', 110],
  ])(
    'the stub %s was activated as %s: the registry says so, and neither stands for the other',
    (from, to, line) => {
      const stub = typed(from);
      expect(stub.refusal).toBe(
        `${from} must not be activated: it was activated as ${to}: .GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md:${line}`,
      );
      expect([stub.ready, stub.next, itemOf(stub, 'packet').state]).toEqual([false, null, 'FAIL']);
      const packet = typed(to);
      expect([packet.refusal, packet.notes]).toEqual([
        undefined,
        ['there is no stub: these items are the usual ones, and no document asks for them'],
      ]);
      expect(saidOf(itemOf(packet, 'registry'))).toEqual([
        `WP_TRACEABILITY_REGISTRY.md:${line} it names .GOV/task_packets/${to}.md`,
      ]);
    },
  );
});
