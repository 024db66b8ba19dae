import { expect, it } from 'vitest';
import { memoryArtifacts, simulatedClock } from '../../tools/engine/index.ts';
import { open, type Play, root, start } from './opened.ts';

/** Artifacts whose disk fails so many times, as soon as the test says so: finishing writes a summary there. */
function failing() {
  const artifacts = memoryArtifacts();
  const disk = { failures: 0 };
  return {
    disk,
    artifacts: {
      ...artifacts,
      put(id: string, text: string) {
        if (disk.failures > 0) {
          disk.failures -= 1;
          throw new Error('disk full');
        }
        artifacts.put(id, text);
      },
    },
  };
}

async function family(failures: number) {
  const { disk, artifacts } = failing();
  const run: Play = async ({ session, messages }, io) => {
    if (session.parent_session_id !== null) {
      disk.failures = failures;
      return { outcome: 'completed' };
    }
    if (messages.length > 0) return { outcome: 'completed', close: true };
    await io.spawn({
      child_role: 'Orchestrator',
      child_model_preference: null,
      child_backend_preference: null,
      task_payload_artifact_id: io.keep('task'),
      spawn_mode: 'ONE_SHOT',
      announce_back: true,
      trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
      max_child_depth: null,
      max_active_children: null,
    });
    return { outcome: 'yield' };
  };
  const engine = await open(run, { artifacts, clock: simulatedClock(start) });
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  const states = async () => (await engine.sessions()).map((session) => session.state);
  return { engine, disk, states };
}

it('a run whose end could not be written is finished as soon as it can be', async () => {
  const { engine, disk, states } = await family(3);
  await engine.idle();
  expect(disk.failures).toBe(0);
  expect(await states()).toEqual(['COMPLETED', 'COMPLETED']);
  await engine[Symbol.asyncDispose]();
});

it('idle says a lasting failure once, and the next attempt goes on', async () => {
  const { engine, disk, states } = await family(Number.POSITIVE_INFINITY);
  await expect(engine.idle()).rejects.toMatchObject({ code: 'store_failed', message: 'disk full' });
  expect(await states()).toContain('ACTIVE');
  await expect(engine.recover()).rejects.toMatchObject({ code: 'store_failed' });
  disk.failures = 0;
  expect((await engine.recover()).recovered).toEqual([]);
  await engine.idle();
  expect(await states()).toEqual(['COMPLETED', 'COMPLETED']);
  await engine[Symbol.asyncDispose]();
});
