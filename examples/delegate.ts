// One Orchestrator, one Coder: spawn, announce back, read the events. Run it after `npm start` has built govkit:
//   node --experimental-strip-types examples/delegate.ts      (Node 22 and newer need no flag from 22.18 on)
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

await using engine = await openEngine({
  store: 'memory:',
  runner,
  clock,
  ids: seededIds(1),
  unboundSessions: 'allow',
});

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
  console.log(event.timestamp, event.fr_event_id, event.type);
}
