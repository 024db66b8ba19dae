// An Orchestrator spawns a Coder, waits without holding anything, hears of the result, and ends.
// In a clone: npm ci && node examples/delegate.mjs
import { openEngine, seededIds, simulatedClock } from 'govkit/engine';

// Time that jumps, and ids that repeat: every run of this file prints the same. Leave both out for real ones.
const clock = simulatedClock(Date.parse('2026-02-24T09:00:00Z'));
const ids = seededIds(1);

/** Stands where a model would be called. All that it does to the world goes through `io`. */
const runner = {
  async run({ session, messages, task_payload_artifact_id: task }, io) {
    if (session.role === 'Coder') {
      await clock.sleep(3000, io.signal); // the model thinks
      io.chunk(`Done: ${io.content(task)}`); // rows and events hold ids; this is what they stand for
      io.usage({ prompt_tokens: 300, completion_tokens: 100, total_tokens: 400 }, 0.02);
      return { outcome: 'completed', key_outputs: [io.keep('export const parse = …')] };
    }
    const report = messages.find(({ attachments }) => attachments.length > 0);
    if (report) {
      io.chunk(`Merged what I was told: ${io.content(report.content_artifact_id)}`);
      return { outcome: 'completed', close: true };
    }
    const wanted = { child_role: 'Coder', spawn_mode: 'ONE_SHOT', announce_back: true };
    const task_payload_artifact_id = io.keep('Write the parser.');
    const answer = await io.spawn({ ...wanted, task_payload_artifact_id, capability_grants: ['fs.write'] });
    console.log('spawn', answer.accepted ? 'accepted' : answer.rejection_reason);
    const wider = await io.spawn({ ...wanted, task_payload_artifact_id, capability_grants: ['net.http'] });
    console.log('spawn', wider.accepted ? 'accepted' : wider.rejection_reason);
    return { outcome: 'yield' }; // ends this run; the report of the child starts the next one
  },
};

const engine = await openEngine({ store: 'memory:', runner, clock, ids, unboundSessions: 'allow' });
try {
  const lead = await engine.createSession({
    role: 'Orchestrator',
    model_id: 'local/large',
    backend: 'local',
    parameter_class: 'P32B',
    execution_mode: 'MULTI_MODEL_PARALLEL',
    memory_policy: 'SESSION_SCOPED',
    capability_grants: ['fs.read', 'fs.write'],
  });
  await engine.enqueue({ session_id: lead.session_id });
  engine.start();
  await engine.idle();

  for (const { role, state, spawn_depth } of await engine.sessions())
    console.log(`${'  '.repeat(spawn_depth)}${role} ${state}`);
  for await (const { timestamp, fr_event_id, type, model_session_id } of engine.events()) {
    const who = model_session_id === lead.session_id ? 'lead ' : 'child';
    console.log(timestamp.slice(11, 19), who, fr_event_id.padEnd(22), type);
  }
} finally {
  await engine[Symbol.asyncDispose]();
}
