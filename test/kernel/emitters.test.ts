import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runScenario } from '../../tools/engine/index.ts';
import { events, type FlightRecorderEvent } from '../../tools/generated/index.ts';
import { world } from './world.ts';

const scenario = readFileSync(new URL('../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');

/** Events that the kernel decides on, with what they tell: one that nothing emits any more is missed by name. */
const EMITTED = [
  ['FR-EVT-SESS-001', 'a session that was created'],
  ['FR-EVT-SESS-002', 'a change of its state'],
  ['FR-EVT-SESS-003', 'its completion'],
  ['FR-EVT-SESS-004', 'a message of its thread'],
  ['FR-EVT-SESS-005', 'a budget that was reached'],
  ['FR-EVT-SESS-SCHED-001', 'a job that was queued'],
  ['FR-EVT-SESS-SCHED-002', 'a job that was started'],
  ['FR-EVT-SESS-SCHED-003', 'a job that the rate limit held back'],
  ['FR-EVT-SESS-SCHED-004', 'a job that was cancelled'],
  ['FR-EVT-SESS-SPAWN-001', 'a spawn that was asked for'],
  ['FR-EVT-SESS-SPAWN-002', 'a spawn that was accepted'],
  ['FR-EVT-SESS-SPAWN-003', 'a spawn that was refused'],
  ['FR-EVT-SESS-SPAWN-004', 'a child that announced back'],
  ['FR-EVT-SESS-SPAWN-005', 'a cascade of cancellation'],
  ['FR-EVT-007', 'a tool that was called'],
  ['FR-EVT-GOV-MAILBOX-001', 'a message of the mailbox'],
  ['FR-EVT-WF-RECOVERY', 'a run whose process was gone'],
] as const;

/** Events that other parts of the product emit, and this engine never. */
const OF_OTHERS = {
  'FR-EVT-006': 'the model call, told by whoever makes it',
  'FR-EVT-GOV-MAILBOX-002': 'the export of the mailbox',
  'FR-EVT-GOV-MAILBOX-003': 'the transcription of a mail into a document',
};

/** A run that its process left behind: no scenario has one. */
async function recovered(): Promise<FlightRecorderEvent[]> {
  const kernel = await world();
  const { session_id } = await kernel.root();
  await kernel.run('enqueue', { session_id });
  await kernel.dispatch();
  await kernel.run('recover', { boot_id: 'the process after it' });
  return kernel.log;
}

const emitted = (async () => {
  const { log } = await runScenario(scenario, { unboundSessions: 'allow' });
  return new Set([...log, ...(await recovered())].map((event) => event.fr_event_id));
})();

it.each(EMITTED)('%s is emitted: %s', async (id) => {
  expect(await emitted).toContain(id);
});

it('every event of the spec is emitted here, or is said to be of others', async () => {
  const known = [...EMITTED.map(([id]) => id), ...Object.keys(OF_OTHERS)].sort();
  expect(Object.keys(events).sort()).toEqual(known);
  expect([...(await emitted)].filter((id) => id in OF_OTHERS)).toEqual([]);
});
