import { join } from 'node:path';
import {
  type Engine,
  type EngineOptions,
  type FlightRecorderEvent,
  openEngine,
  type Processes,
  type Runner,
  type SpawnCall,
  seededIds,
  simulatedClock,
} from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';

export type Play = Runner['run'];

export const start = Date.parse('2026-02-24T09:00:00Z');
export const root = {
  role: 'Orchestrator',
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
} as const;

/** An engine on simulated time whose every run is played by one function. */
export const open = (run: Play, options: Partial<EngineOptions> = {}): Promise<Engine> =>
  openEngine({
    store: 'memory:',
    runner: { run },
    clock: simulatedClock(start),
    ids: seededIds(3),
    unboundSessions: 'allow',
    ...options,
  });

export const completes: Play = async () => ({ outcome: 'completed', close: true });

/** For an engine that takes over from others in this process, as if theirs had died. */
export const survivor: Processes = {
  own: () => ({ host: 'test', pid: 1, process_started: null }),
  lives: () => false,
};

/** A store of that kind, gone when the test is. */
export const storeOf = (kind: 'memory' | 'sqlite'): EngineOptions['store'] =>
  kind === 'memory' ? 'memory:' : `sqlite:${database()}`;

export const database = (): string => join(temporaryFolder(), 'engine.db');

export const task = `sha256:${'7'.repeat(64)}`;

export const request = (requester_session_id: string, over: Partial<SpawnCall> = {}): SpawnCall => ({
  requester_session_id,
  requester_role: 'Orchestrator',
  child_role: 'Orchestrator',
  child_model_preference: null,
  child_backend_preference: null,
  task_payload_artifact_id: task,
  spawn_mode: 'ONE_SHOT',
  announce_back: true,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
  max_child_depth: null,
  max_active_children: null,
  ...over,
});

export const tool = (invoke: (signal: AbortSignal) => Promise<unknown>, capability_ids: string[] = []) => ({
  tool_id: 'fs.read_file',
  tool_version: '1.0.0',
  arguments: {},
  side_effect: 'READ' as const,
  idempotency: 'IDEMPOTENT' as const,
  capability_ids,
  invoke,
});

export async function logOf(engine: Engine): Promise<FlightRecorderEvent[]> {
  const log: FlightRecorderEvent[] = [];
  for await (const event of engine.events()) log.push(event);
  return log;
}

/** A root session that has run until nothing could run any more. */
export async function played(engine: Engine, options: object = {}): Promise<string> {
  const { session_id } = await engine.createSession({ ...root, ...options });
  await engine.enqueue({ session_id });
  engine.start();
  await engine.idle();
  return session_id;
}
