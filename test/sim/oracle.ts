// What the simulator itself knows to be true: which run is current, who holds a permit, what was answered before.
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { CommandInput, Decision, Rejection, View } from '../../tools/kernel/index.ts';
import type { Given } from './world.ts';

interface Holder {
  run_epoch: number;
  boot_id: string;
}

const keyed = new Set(['say', 'start_tool', 'end_tool', 'resume_call', 'finish_run']);

type Answer = Decision<unknown> | Rejection;

/** Compares each answer with what it must be, from the commands and events before it alone. */
export class Oracle {
  readonly #view: View;
  /** The run of each session, by what dispatch answered and what events took away. */
  readonly #current = new Map<string, string>();
  readonly #sessionOf = new Map<string, string>();
  readonly #bootOf = new Map<string, string>();
  /** Permits by job. */
  readonly #holders = new Map<string, Holder>();
  readonly #spawns = new Map<string, { asked: string; answer: string }>();
  readonly #cancels = new Map<string, string>();

  constructor(view: View) {
    this.#view = view;
  }

  step(given: Given, answer: Answer, events: readonly FlightRecorderEvent[], now: number): string[] {
    const found: string[] = [];
    if (!answer.rejected) {
      if (keyed.has(given.kind)) this.#fencing(given, answer, found);
      if (given.kind === 'spawn') this.#sameSpawn(given.input as CommandInput<'spawn'>, answer, found);
      if (given.kind === 'cancel') this.#sameCancel(given.input as CommandInput<'cancel'>, answer, found);
    }
    for (const event of events)
      if (event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.from_state === 'ACTIVE')
        this.#current.delete(event.payload.session_id);
    if (!answer.rejected) this.#permits(given, answer, now, found);
    return found;
  }

  /** A run that is not its session's changes nothing and is told so; one that is, is never turned away (FM-24). */
  #fencing({ kind, input }: Given, { result, changes }: Decision<unknown>, found: string[]): void {
    const { job_id, run_epoch } = input as { job_id: string; run_epoch: number };
    const session = this.#sessionOf.get(job_id);
    const current = session !== undefined && this.#current.get(session) === `${job_id} ${run_epoch}`;
    const { fenced } = result as { fenced: boolean };
    if (fenced === current) found.push(`fencing: ${kind} of ${job_id} at ${run_epoch} was fenced: ${fenced}`);
    if (current) return;
    // What a tool did has happened, whoever called it: its span, its record, and the time of its session.
    const allowed = kind === 'end_tool' ? ['call', 'span', 'session', 'tool_call'] : ['call'];
    const wrote = changes.filter(({ table }) => !allowed.includes(table));
    if (wrote.length > 0)
      found.push(`fencing: ${kind} of a stale run wrote ${wrote.map(({ table }) => table)}`);
  }

  /** One request, one answer, however often it is asked (FM-03). */
  #sameSpawn({ request }: CommandInput<'spawn'>, answer: Decision<unknown>, found: string[]): void {
    if (typeof request.request_id !== 'string' || typeof request.requester_session_id !== 'string') return;
    const key = JSON.stringify([request.requester_session_id, request.request_id]);
    const said = JSON.stringify(answer.result);
    const asked = JSON.stringify(request);
    const before = this.#spawns.get(key);
    if (!before) this.#spawns.set(key, { asked, answer: said });
    else if (before.asked === asked) {
      if (before.answer !== said || answer.changes.length > 0)
        found.push(`idempotency: request ${key} was answered ${before.answer}, and now ${said}`);
    } else if (!said.includes('invalid_request'))
      found.push(`idempotency: another request under the id of ${key} was answered ${said}`);
  }

  #sameCancel({ op_id }: CommandInput<'cancel'>, answer: Decision<unknown>, found: string[]): void {
    if (op_id === undefined) return;
    const said = JSON.stringify(answer.result);
    const before = this.#cancels.get(op_id);
    if (before === undefined) this.#cancels.set(op_id, said);
    else if (before !== said || answer.changes.length > 0)
      found.push(`idempotency: operation ${op_id} was answered ${before}, and now ${said}`);
  }

  /** Who holds a permit follows from who called and who came back; the table of calls has to say the same. */
  #permits(
    { kind, input }: Given,
    { result, changes }: Decision<unknown>,
    now: number,
    found: string[],
  ): void {
    const { job_id, run_epoch } = input as { job_id: string; run_epoch: number };
    switch (kind) {
      case 'dispatch':
        this.#dispatched(input as CommandInput<'dispatch'>, result, now, found);
        break;
      case 'start_tool': {
        const { fenced, denied } = result as { fenced: boolean; denied: string[] };
        if (!fenced && denied.length === 0) this.#holders.delete(job_id);
        break;
      }
      case 'resume_call':
        if ((result as { granted: boolean }).granted)
          this.#holders.set(job_id, { run_epoch, boot_id: this.#bootOf.get(job_id)! });
        break;
      case 'finish_run':
        if (this.#holders.get(job_id)?.run_epoch === run_epoch) this.#holders.delete(job_id);
        break;
      case 'recover':
        for (const [job, { boot_id }] of this.#holders)
          if (boot_id !== (input as CommandInput<'recover'>).boot_id) this.#holders.delete(job);
        break;
      default:
    }
    if (kind !== 'recover' && !changes.some(({ table }) => table === 'call')) return;
    const stored = this.#view.select('call', 'running', 'running');
    const names = stored.map((call) => `${call.job_id} ${call.run_epoch}`).sort();
    const held = [...this.#holders].map(([job, { run_epoch: epoch }]) => `${job} ${epoch}`).sort();
    if (names.join() !== held.join())
      found.push(
        `permits: ${names.length} calls are stored, ${held.length} run: ${names.join()} and ${held.join()}`,
      );
  }

  #dispatched({ boot_id }: CommandInput<'dispatch'>, result: unknown, now: number, found: string[]): void {
    const { job } = result as {
      job: { job_id: string; session_id: string; run_epoch: number; deadline: number | null } | null;
    };
    if (!job) return;
    const { job_id, session_id, run_epoch, deadline } = job;
    if (this.#current.has(session_id)) found.push(`active: ${session_id} runs already and was dispatched`);
    if (deadline !== null && deadline <= now) found.push(`deadline: ${job_id} started after its deadline`);
    this.#current.set(session_id, `${job_id} ${run_epoch}`);
    this.#sessionOf.set(job_id, session_id);
    this.#bootOf.set(job_id, boot_id);
    this.#holders.set(job_id, { run_epoch, boot_id });
  }
}
