import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { completes, logOf, open, type Play, request, root, storeOf } from './opened.ts';

it('a run spawns for its own session and for no other (S14)', async () => {
  let other = '';
  const said: string[] = [];
  await using engine = await open(async ({ session }, io) => {
    if (session.session_id !== other) {
      await io.spawn(request(other)).catch((error: { code: string }) => said.push(error.code));
      said.push(String((await io.spawn(request(session.session_id))).accepted));
    }
    return { outcome: 'completed', close: true };
  });
  const [first, second] = [await engine.createSession(root), await engine.createSession(root)];
  other = second.session_id;
  await engine.enqueue({ session_id: first.session_id });
  engine.start();
  await engine.idle();
  expect(said.slice(0, 2)).toEqual(['invalid_request', 'true']);
  expect(await engine.sessions({ parent_session_id: other })).toEqual([]);
});

describe.each(['memory', 'sqlite'] as const)('on %s', (kind) => {
  it('FM-01: a hundred concurrent spawns at cap four: four accepted, 96 refused with evidence', async () => {
    await using engine = await open(completes, { store: storeOf(kind), ids: seededIds(1) });
    const { session_id } = await engine.createSession(root);
    const answers = await Promise.all(Array.from({ length: 100 }, () => engine.spawn(request(session_id))));
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(4);
    expect(answers.filter((answer) => answer.rejection_reason === 'children_cap_reached')).toHaveLength(96);
    const log = await logOf(engine);
    expect(log.filter((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-003')).toHaveLength(96);
    expect(verifyLog(log)).toEqual([]);
  });
});

it('F5: a retried run spawns nothing twice', async () => {
  let attempts = 0;
  const run: Play = async ({ session }, io) => {
    if (session.parent_session_id !== null) return { outcome: 'completed' };
    attempts += 1;
    if (attempts <= 2) await io.spawn(request(session.session_id, { announce_back: false }));
    if (attempts === 1) throw new Error('provider lost');
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  await engine.idle();
  expect(attempts).toBe(2);
  expect(await engine.sessions({ parent_session_id: session_id })).toHaveLength(1);
});
