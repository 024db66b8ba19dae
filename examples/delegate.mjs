// One Orchestrator, one Coder: spawn, announce back, read the events. In this repository, once it is built:
//   node examples/delegate.mjs
import { openEngine, scripted, seededIds, simulatedClock } from 'govkit/engine';

const clock = simulatedClock(Date.parse('2026-02-24T09:00:00Z'));
const runner = scripted(
  {
    lead: [
      { spawn: { as: 'coder', role: 'Coder', script: 'coder' } },
      { wait: 'children' },
      { complete: {} },
    ],
    coder: [
      { say: { text: 'The parser is done.', tokens: 400, cost_usd: 0.02, ms: 3000 } },
      { complete: {} },
    ],
  },
  clock,
);

const engine = await openEngine({
  store: 'memory:',
  runner,
  clock,
  ids: seededIds(1),
  unboundSessions: 'allow',
});
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
  runner.assign(lead.session_id, 'lead');
  await engine.enqueue({ session_id: lead.session_id });
  engine.start();
  await engine.idle();

  for await (const event of engine.events({ model_session_id: lead.session_id })) {
    console.log(event.timestamp, event.fr_event_id.padEnd(20), event.type);
  }
} finally {
  await engine[Symbol.asyncDispose]();
}
