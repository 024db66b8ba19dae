import { openMemoryStore, seededIds } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import {
  type CommandInput,
  type CommandName,
  type CommandResult,
  type Decision,
  decide,
  defaultRules,
  type Effect,
  type Ids,
  type JobRow,
  type Recovery,
  type Rows,
  type Rules,
  type RunOutcome,
  type SessionRow,
  type SpawnCall,
  type TableName,
  type View,
} from '../../tools/kernel/index.ts';
import { checkEvent } from '../../tools/recorder/index.ts';
import { begins, ends } from './tool-call.ts';

export type WorldRules = { [Key in keyof Rules]?: Partial<NonNullable<Rules[Key]>> };

/** Limits that no test meets by accident. */
const roomy = {
  max_concurrent_sessions_global: 1000,
  max_concurrent_sessions_per_provider: 1000,
  max_concurrent_sessions_per_model: 1000,
};

/** The kernel on a memory store, with a clock that a test sets: commands in, decisions out. */
export function world(given: WorldRules = {}) {
  const overrides: WorldRules = { ...given, scheduler: { ...roomy, ...given.scheduler } };
  const rules = Object.fromEntries(
    Object.entries(defaultRules).map(([key, value]) => {
      const over = overrides[key as keyof Rules];
      if (over === undefined) return [key, structuredClone(value)];
      return [key, typeof over === 'object' ? { ...structuredClone(value as object | null), ...over } : over];
    }),
  ) as unknown as Rules;
  const store = openMemoryStore();
  let ids: Ids = seededIds(7);
  const log: FlightRecorderEvent[] = [];
  const effects: Effect[] = [];
  const artifacts: { artifact_id: string; text: string }[] = [];
  const written = new Map<TableName, Map<string, unknown>>();
  let view!: View;
  const keep = (table: TableName, key: string, row: unknown): void => {
    const rows = written.get(table) ?? new Map<string, unknown>();
    written.set(table, rows);
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  };
  const self = {
    rules,
    now: Date.parse('2026-02-24T09:00:00Z'),
    /** What follows is only the ground of a test: its events are neither checked nor kept. */
    quiet: false,
    set ids(next: Ids) {
      ids = next;
    },
    log,
    effects,
    artifacts,
    view: (): View => view,
    /** Every row of a table that is left, in the order in which they came. */
    rows: <Name extends TableName>(name: Name): Rows[Name][] =>
      [...(written.get(name)?.values() ?? [])] as Rows[Name][],
    async decide<Name extends CommandName>(kind: Name, input: CommandInput<Name>) {
      return store.transact(
        (seen) => decide({ view: seen, rules }, { kind, input }, self.now, ids),
        (decision) => {
          if (self.quiet) return [];
          for (const { table, key, row } of decision.changes) keep(table, key, row);
          effects.push(...decision.effects);
          artifacts.push(...decision.artifacts);
          const events = decision.events.map(checkEvent);
          log.push(...events);
          return events;
        },
      );
    },
    /** The decision, or the rejection's code as an error. */
    async full<Name extends CommandName>(
      kind: Name,
      input: CommandInput<Name>,
    ): Promise<Decision<CommandResult<Name>>> {
      const decision = await self.decide(kind, input);
      if (decision.rejected) throw new Error(`${decision.code}: ${decision.message}`);
      return decision;
    },
    async run<Name extends CommandName>(kind: Name, input: CommandInput<Name>): Promise<CommandResult<Name>> {
      return (await self.full(kind, input)).result;
    },
    async root(options: Partial<CommandInput<'create_session'>['input']> = {}): Promise<SessionRow> {
      return self.run('create_session', {
        input: {
          role: 'Orchestrator',
          model_id: 'local/large',
          backend: 'local',
          parameter_class: 'P32B',
          execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
          memory_policy: 'SESSION_SCOPED',
          ...options,
        },
        admitted: null,
      });
    },
    request(requester: string, options: Partial<SpawnCall> = {}): SpawnCall {
      return {
        requester_session_id: requester,
        requester_role: view.get('session', requester)?.role ?? 'Orchestrator',
        child_role: 'Coder',
        child_model_preference: null,
        child_backend_preference: null,
        task_payload_artifact_id: `sha256:${'7'.repeat(64)}`,
        spawn_mode: 'ONE_SHOT',
        announce_back: true,
        trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
        max_child_depth: null,
        max_active_children: null,
        ...options,
      };
    },
    async spawn(requester: string, options: Partial<SpawnCall> = {}) {
      return self.run('spawn', { request: self.request(requester, options) });
    },
    async child(requester: string, options: Partial<SpawnCall> = {}): Promise<string> {
      const answer = await self.spawn(requester, options);
      if (!answer.child_session_id) throw new Error(`the spawn was refused: ${answer.rejection_reason}`);
      return answer.child_session_id;
    },
    session: (id: string): SessionRow => view.get('session', id)!,
    jobs: (id: string): JobRow[] => view.select('job', 'live', id),
    async dispatch(): Promise<JobRow | null> {
      return (await self.run('dispatch', { boot_id: 'test' })).job;
    },
    async dispatchAll(): Promise<JobRow[]> {
      const jobs: JobRow[] = [];
      for (let job = await self.dispatch(); job; job = await self.dispatch()) jobs.push(job);
      return jobs;
    },
    async finish(job: Pick<JobRow, 'job_id' | 'run_epoch'>, result: RunOutcome) {
      return self.run('finish_run', { job_id: job.job_id, run_epoch: job.run_epoch, result });
    },
    /** Runs the session's next job and ends it so. */
    async play(id: string, result: RunOutcome): Promise<void> {
      for (let job = await self.dispatch(); job; job = await self.dispatch()) {
        if (job.session_id === id) {
          await self.finish(job, result);
          return;
        }
      }
      throw new Error(`session ${id} has nothing to run`);
    },
    /** A tool call that succeeds; then the run wants its permit back. */
    async toolCall(
      key: Pick<JobRow, 'job_id' | 'run_epoch'>,
      tool_call_id: string,
      capability_ids: string[],
    ) {
      await self.run('start_tool', begins(key, {}, tool_call_id, capability_ids));
      await self.run('end_tool', ends(self, key, true, tool_call_id, capability_ids));
      return self.run('resume_call', key);
    },
    /** Another process finds that the one that dispatches is dead. */
    async recover(): Promise<Recovery> {
      return self.run('recover', { boot_id: 'next', dead: ['test'] });
    },
    kinds: (from = 0): string[] => log.slice(from).map((event) => event.fr_event_id.replace('FR-EVT-', '')),
    of: <Id extends FlightRecorderEvent['fr_event_id']>(id: Id) =>
      log.filter(
        (event): event is Extract<FlightRecorderEvent, { fr_event_id: Id }> => event.fr_event_id === id,
      ),
  };
  return store.read((reading) => {
    view = reading;
    return self;
  });
}

export type World = Awaited<ReturnType<typeof world>>;
export const done: RunOutcome = { outcome: 'completed' };
export const closed: RunOutcome = { outcome: 'completed', close: true };

/** A tool call as its runner declares it. */
export const declared = (
  over: Partial<CommandInput<'start_tool'>['call']> = {},
): CommandInput<'start_tool'>['call'] => ({
  tool_id: 'fs.write_file',
  tool_version: '1.0.0',
  arguments: { path: 'a' },
  args_ref: `sha256:${'a'.repeat(64)}`,
  args_hash: 'a'.repeat(64),
  side_effect: 'WRITE',
  idempotency: 'NON_IDEMPOTENT',
  idempotency_key: null,
  named: true,
  ...over,
});
