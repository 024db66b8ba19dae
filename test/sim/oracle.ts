// What the simulator itself knows to be true: which run is current, who holds a permit, what was answered before.
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  Decision,
  JobRow,
  Recovery,
  Rejection,
  View,
} from '../../tools/kernel/index.ts';
import { Boots } from './oracle-boots.ts';
import { Consents } from './oracle-consent.ts';
import { Threads } from './oracle-threads.ts';
import { Tools } from './oracle-tools.ts';
import type { Given } from './world.ts';

interface Holder {
  run_epoch: number;
  boot_id: string;
}

/** Commands that name a run and say whether it was fenced. */
const keyed: ReadonlySet<CommandName> = new Set([
  'say',
  'start_tool',
  'end_tool',
  'resume_call',
  'finish_run',
  'progress',
  'route',
  'read_thread',
]);

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
  readonly #boots: Boots;
  readonly #threads: Threads;
  readonly #tools = new Tools();
  readonly #consents = new Consents();

  constructor(view: View) {
    this.#view = view;
    this.#boots = new Boots(view);
    this.#threads = new Threads(view);
  }

  step(given: Given, answer: Answer, events: readonly FlightRecorderEvent[], now: number): string[] {
    const found: string[] = [];
    if (!answer.rejected) {
      if (keyed.has(given.kind)) this.#fencing(given, answer, found);
      if (given.kind === 'spawn') this.#sameSpawn(given.input as CommandInput<'spawn'>, answer, found);
      if (given.kind === 'cancel') this.#sameCancel(given.input as CommandInput<'cancel'>, answer, found);
      this.#hears(given, answer, now, found);
    }
    for (const event of events)
      if (event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.from_state === 'ACTIVE')
        this.#current.delete(event.payload.session_id);
    for (const event of events) if (event.fr_event_id === 'FR-EVT-WF-RECOVERY') this.#recovered(event, found);
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

  /** What each part of the oracle has to know, and what it says to it. */
  #hears({ kind, input }: Given, { result, changes }: Decision<unknown>, now: number, found: string[]): void {
    const said = <Name extends CommandName>(_: Name) => input as unknown as CommandInput<Name>;
    const told = <Name extends CommandName>(_: Name) => result as unknown as CommandResult<Name>;
    switch (kind) {
      case 'register_boot':
        this.#boots.register(said(kind).boot_id);
        break;
      case 'leave_boot':
        this.#boots.leave(said(kind).boot_id);
        break;
      case 'recover':
        this.#recovers(said(kind), told(kind), found);
        break;
      case 'start_tool': {
        const job = this.#view.get('job', said(kind).job_id)!;
        found.push(...this.#tools.started(job.session_id, job.attempt, said(kind), told(kind)));
        break;
      }
      case 'end_tool':
        this.#tools.ended(this.#sessionOf.get(said(kind).job_id) ?? '', said(kind));
        break;
      case 'approve':
        this.#tools.approved(said(kind));
        break;
      case 'consent':
        this.#consents.issued(said(kind));
        break;
      case 'revoke_consent':
        this.#consents.revoked(said(kind).consent_receipt_id);
        break;
      case 'dispatch':
        if (told(kind).job) this.#calls(told(kind).job!, now, found);
        break;
      case 'resume_call': {
        // A run that asks although it has its permit makes no new call.
        const taken = changes.some(({ table, row }) => table === 'call' && row !== null);
        if (taken) this.#calls(this.#view.get('job', said(kind).job_id)!, now, found);
        break;
      }
      case 'allow_thread':
        this.#threads.allowed(said(kind), told(kind).permission_id);
        break;
      case 'revoke_thread':
        this.#threads.revoked(said(kind).permission_id);
        break;
      case 'read_thread': {
        const reader = this.#sessionOf.get(said(kind).job_id) ?? '';
        found.push(...this.#threads.read(reader, said(kind).session_id, told(kind), now));
        break;
      }
      case 'checkpoint':
        if (changes.some(({ table }) => table !== 'session'))
          found.push('checkpoint: a checkpoint wrote more than its session');
        break;
      default:
    }
    if (changes.some(({ table }) => table === 'boot')) this.#boots.faults(found);
    if (kind === 'revoke_consent') this.#withdrawn(found);
  }

  #calls(job: JobRow, now: number, found: string[]): void {
    if (job.backend !== 'cloud') return;
    const session = this.#view.get('session', job.session_id)!;
    found.push(...this.#consents.called(session, job, now));
  }

  /** INV-CONSENT-003: what ran under a receipt that is revoked was stopped in that transaction. */
  #withdrawn(found: string[]): void {
    for (const [session_id] of this.#current) {
      const row = this.#view.get('session', session_id);
      const job = row?.running_job_id ? this.#view.get('job', row.running_job_id) : undefined;
      if (job?.backend === 'cloud' && this.#consents.isRevoked(job.consent_receipt_id))
        found.push(`consent: ${job.job_id} runs under ${job.consent_receipt_id}, which is revoked`);
    }
  }

  #recovers(input: CommandInput<'recover'>, result: Recovery, found: string[]): void {
    const gone = this.#boots.gone(input);
    const runs = [...this.#current].map(([session_id, run]) => {
      const job_id = run.split(' ')[0]!;
      return { session_id, job_id, boot_id: this.#bootOf.get(job_id)! };
    });
    this.#boots.recovered(input, result, runs, found);
    let freed = 0;
    for (const [job, { boot_id }] of this.#holders) {
      if (!gone(boot_id)) continue;
      this.#holders.delete(job);
      freed += 1;
    }
    if (freed !== result.freed_permits)
      found.push(`permits: ${result.freed_permits} came back, ${freed} were held by dead processes`);
    for (const { session_id, pending_tool_calls } of result.recovered) {
      const listed = pending_tool_calls.map(({ tool_call_id }) => tool_call_id).sort();
      const pending = this.#tools.pending(session_id).sort();
      if (listed.join() !== pending.join())
        found.push(
          `tools: ${session_id} is told to have ${listed.length} calls pending of ${pending.length}`,
        );
    }
  }

  /** Recovery takes the epoch first, so that the run it took over cannot write any more (FM-23). */
  #recovered({ model_session_id, job_id }: FlightRecorderEvent, found: string[]): void {
    const session = this.#view.get('session', model_session_id ?? '');
    const job = this.#view.get('job', job_id ?? '');
    if (!session || !job || session.run_epoch <= job.run_epoch)
      found.push(
        `fencing: ${model_session_id} was recovered at epoch ${session?.run_epoch}, its run is of ${job?.run_epoch}`,
      );
  }

  /** One request, one answer, however often it is asked (FM-03). */
  #sameSpawn({ request }: CommandInput<'spawn'>, answer: Decision<unknown>, found: string[]): void {
    if (typeof request.request_id !== 'string' || typeof request.requester_session_id !== 'string') return;
    const key = JSON.stringify([request.requester_session_id, request.request_id]);
    const said = JSON.stringify(answer.result);
    // What two spellings of one request say is the same; only what they say counts.
    const whole = { ...request, announce_back: request.announce_back ?? true };
    const asked = JSON.stringify(Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1)));
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
        const { fenced, denied, verdict } = result as CommandResult<'start_tool'>;
        if (!fenced && denied.length === 0 && verdict.kind === 'execute') this.#holders.delete(job_id);
        break;
      }
      case 'resume_call':
        if ((result as { granted: boolean }).granted)
          this.#holders.set(job_id, { run_epoch, boot_id: this.#bootOf.get(job_id)! });
        break;
      case 'finish_run':
        if (this.#holders.get(job_id)?.run_epoch === run_epoch) this.#holders.delete(job_id);
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
