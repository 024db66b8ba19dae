// What is said of every decision of a world, whoever asked for it: what it reached, and what it broke.
import type { Reading } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Decision, Rejection, Rules } from '../../tools/kernel/index.ts';
import type { Coverage } from './coverage.ts';
import { Watch } from './invariants.ts';
import { Oracle } from './oracle.ts';
import type { Given } from './world.ts';

export class Judge {
  readonly log: FlightRecorderEvent[] = [];
  readonly artifacts = new Set<string>();
  readonly sessions: string[] = [];
  readonly #coverage: Coverage;
  readonly #watch: Watch;
  readonly #oracle: Oracle;

  constructor(view: Reading, rules: Rules, coverage: Coverage) {
    this.#coverage = coverage;
    this.#watch = new Watch(view, rules);
    this.#oracle = new Oracle(view);
  }

  /** A decision that is stored; throws if it broke anything. */
  hear(
    given: Given,
    decision: Decision<unknown> | Rejection,
    events: readonly FlightRecorderEvent[],
    now: number,
  ): void {
    this.log.push(...events);
    this.#coverage.command(given.kind, decision);
    const found: string[] = [];
    if (!decision.rejected) {
      for (const { artifact_id } of decision.artifacts) this.artifacts.add(artifact_id);
      for (const event of events) {
        if (event.fr_event_id === 'FR-EVT-SESS-001') this.sessions.push(event.payload.session_id);
        if (event.fr_event_id === 'FR-EVT-SESS-SPAWN-004')
          this.#named(event.payload.summary_artifact_id, found);
        if (event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001') this.#named(event.payload.body_ref, found);
      }
      found.push(...this.#watch.step({ ...decision, events }));
    }
    found.push(...this.#oracle.step(given, decision, events, now));
    if (found.length > 0) throw new Error(found.join('\n  '));
  }

  #named(artifact_id: string, found: string[]): void {
    if (!this.artifacts.has(artifact_id))
      found.push(`artifacts: ${artifact_id} is named and was not written`);
  }
}
