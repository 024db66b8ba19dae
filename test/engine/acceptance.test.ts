// The acceptance criteria of WP-1-Session-Spawn-Contract-v1, in their own words, through the public engine.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderArtifacts, seededIds } from '../../tools/engine/index.ts';
import { AnnounceBackSummary, RoleMailboxBody } from '../../tools/generated/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { sha256 } from '../../tools/text/index.ts';
import { temporaryFolder } from '../support/repository.ts';
import { completes, logOf, open, type Play, played, request, root, storeOf } from './opened.ts';

const stub = readFileSync(
  new URL('../../.GOV/task_packets/stubs/WP-1-Session-Spawn-Contract-v1.md', import.meta.url),
  'utf8',
);

it('there is a test for each acceptance criterion of the stub', () => {
  const [, section] = /^## ACCEPTANCE_CRITERIA.*\n([^#]*)/m.exec(stub)!;
  const criteria = [...section!.matchAll(/^- (.*)$/gm)].map(([, text]) => text);
  const own = readFileSync(import.meta.filename, 'utf8');
  expect(criteria).toHaveLength(3);
  for (const criterion of criteria) expect(own).toContain(`it('${criterion}'`);
});

describe.each(['memory', 'sqlite'] as const)('on %s', (kind) => {
  it('Spawn depth and max-children caps are enforced (hard block with explicit reason and Flight Recorder evidence).', async () => {
    await using engine = await open(completes, { store: storeOf(kind) });
    const { session_id } = await engine.createSession(root);
    const chain = [session_id];
    for (let depth = 1; depth <= 3; depth += 1) {
      const answer = await engine.spawn(request(chain.at(-1)!));
      expect(answer).toMatchObject({ accepted: true, rejection_reason: null });
      chain.push(answer.child_session_id!);
    }
    const tooDeep = await engine.spawn(request(chain[3]!));
    for (let n = 1; n < 4; n += 1) await engine.spawn(request(session_id));
    const tooMany = await engine.spawn(request(session_id));
    expect([tooDeep, tooMany]).toEqual(
      ['depth_limit_exceeded', 'children_cap_reached'].map((rejection_reason) => ({
        accepted: false,
        child_session_id: null,
        rejection_reason,
      })),
    );
    expect(await engine.sessions()).toHaveLength(7); // nobody was made for a request that was refused
    const log = await logOf(engine);
    const refused = log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-SPAWN-003');
    expect(refused.map(({ model_session_id, payload }) => ({ model_session_id, ...payload }))).toEqual([
      {
        model_session_id: chain[3],
        requester_session_id: chain[3],
        rejection_reason: 'depth_limit_exceeded',
        spawn_depth: 4,
        active_children_count: 0,
      },
      {
        model_session_id: session_id,
        requester_session_id: session_id,
        rejection_reason: 'children_cap_reached',
        spawn_depth: 1,
        active_children_count: 4,
      },
    ]);
    expect(log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-SPAWN-001')).toHaveLength(8);
    expect(verifyLog(log)).toEqual([]);
  });

  it('A child session can run, produce a summary artifact, and announce-back to the requester via Role Mailbox with deterministic correlation.', async () => {
    const correlations = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      const artifacts = folderArtifacts(temporaryFolder());
      const run: Play = async ({ session, messages }, io) => {
        if (session.parent_session_id !== null) {
          io.chunk('The parser is done.');
          io.usage({ prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }, 0.25);
          return { outcome: 'completed', key_outputs: [io.keep('parser.ts')], next_steps: ['review it'] };
        }
        if (messages.length > 0) return { outcome: 'completed', close: true };
        await io.spawn(request(session.session_id, { request_id: 'parser' }));
        return { outcome: 'yield' };
      };
      await using engine = await open(run, { store: storeOf(kind), artifacts, ids: seededIds(5) });
      const requester = await played(engine);
      const [child] = await engine.sessions({ parent_session_id: requester });
      expect(child?.state).toBe('COMPLETED');
      const log = await logOf(engine);
      const said = log.find((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-004')!;
      const letter = log.find((event) => event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001')!;
      expect(said.payload).toMatchObject({
        child_session_id: child!.session_id,
        requester_session_id: requester,
        status: 'COMPLETED',
        mailbox_message_id: letter.payload.message_id,
      });
      const text = artifacts.get(said.payload.summary_artifact_id)!;
      expect(`sha256:${sha256(text)}`).toBe(said.payload.summary_artifact_id);
      expect(AnnounceBackSummary.parse(JSON.parse(text))).toMatchObject({
        announce_seq: 1,
        error: null,
        total_tokens: 12,
        total_cost_usd: 0.25,
        next_steps: ['review it'],
      });
      // The letter names the artifact and its hash, and repeats nothing of what was said.
      const body = RoleMailboxBody.parse(JSON.parse(artifacts.get(letter.payload.body_ref)!));
      expect(body.artifacts).toEqual([
        { ref: said.payload.summary_artifact_id, sha256: sha256(text), role: 'output' },
      ]);
      expect(JSON.stringify([said, letter])).not.toContain('The parser is done.');
      // The requester has read it: a message of its thread that says where it comes from.
      expect(await engine.thread(requester)).toMatchObject([
        {
          role: 'USER',
          message_id: letter.payload.message_id,
          provenance: { source_session_id: child!.session_id, source_role: child!.role, trusted: true },
        },
      ]);
      expect(await engine.inbox(requester)).toEqual([]);
      correlations.add(JSON.stringify([child!.session_id, letter.payload, said.payload]));
      expect(verifyLog(log, { hasArtifact: (id) => artifacts.has(id) })).toEqual([]);
    }
    expect(correlations.size).toBe(1);
  });

  it('Cascade cancel cancels children deterministically and records the set of cancelled session_ids.', async () => {
    const recorded = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      await using engine = await open(completes, { store: storeOf(kind), ids: seededIds(6) });
      const { session_id } = await engine.createSession(root);
      const expected = [session_id];
      for (const name of ['b', 'a']) {
        const child = (await engine.spawn(request(session_id, { request_id: name }))).child_session_id!;
        expected.push(child);
        for (const deeper of ['y', 'x'])
          expected.push((await engine.spawn(request(child, { request_id: deeper }))).child_session_id!);
      }
      const record = await engine.cancel(session_id, { reason: 'wrong branch', by: 'operator' });
      expect(record.cancelled_session_ids).toEqual(expected);
      expect((await engine.sessions()).map(({ state }) => state)).toEqual(Array(7).fill('CANCELLED'));
      const log = await logOf(engine);
      const events = log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-SPAWN-005');
      expect(events.map(({ payload }) => payload)).toEqual([
        { root_session_id: session_id, cancelled_session_ids: expected, reason: 'wrong branch' },
      ]);
      recorded.add(JSON.stringify(log));
      expect(verifyLog(log)).toEqual([]);
    }
    expect(recorded.size).toBe(1);
  });
});
