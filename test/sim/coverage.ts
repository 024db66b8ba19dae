// What a simulation has reached, counted by name: a weight that starves something is seen at once.
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Change, Decision, Rejection } from '../../tools/kernel/index.ts';

export class Coverage {
  readonly counts = new Map<string, number>();
  #jobs = new Map<string, string>();

  /** Jobs of one world are no jobs of the next. */
  newWorld(): void {
    this.#jobs = new Map();
  }

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  command(kind: string, decision: Decision<unknown> | Rejection): void {
    this.count(`command ${kind}`);
    if (decision.rejected) {
      this.count(`rejection ${decision.code}`);
      return;
    }
    for (const name of answers(decision.result)) this.count(name);
    for (const effect of decision.effects) this.count(`effect ${effect.kind}`);
    for (const event of decision.events) this.#event(event);
    for (const change of decision.changes) this.#change(change);
  }

  #event(event: FlightRecorderEvent): void {
    this.count(`event ${event.fr_event_id}`);
    if (event.fr_event_id !== 'FR-EVT-SESS-002') return;
    const { from_state, to_state, reason } = event.payload;
    this.count(`session ${from_state} ${to_state}`);
    if (to_state === 'BLOCKED') this.count(`blocked ${reason}`);
  }

  #change({ table, key, row }: Change): void {
    if (table !== 'job' || row === null) return;
    const before = this.#jobs.get(key);
    if (before !== undefined && before !== row.state) this.count(`job ${before} ${row.state}`);
    this.#jobs.set(key, row.state);
  }

  add(counts: Iterable<[string, number]>): void {
    for (const [name, count] of counts) this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }
}

/** What an answer says beyond yes: why a spawn was refused, what becomes of a tool call, whether a notice was told. */
function answers(result: unknown): string[] {
  const said = (result ?? {}) as {
    rejection_reason?: string | null;
    verdict?: { kind: string };
    answer?: { told: boolean; reason?: string };
    refusal?: string | null;
    allowed?: boolean;
    fenced?: boolean;
  };
  const names: string[] = [];
  if (said.fenced) return ['answer fenced'];
  if (said.rejection_reason) names.push(`spawn ${said.rejection_reason}`);
  if (said.verdict) names.push(`verdict ${said.verdict.kind}`);
  if (said.answer) names.push(`progress ${said.answer.told ? 'told' : said.answer.reason}`);
  if (said.refusal) names.push(`refusal ${said.refusal}`);
  if (said.allowed !== undefined) names.push(`thread ${said.allowed ? 'read' : 'refused'}`);
  return names;
}
