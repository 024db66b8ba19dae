import type { ModelSession, SessionSpawnResponse } from '../generated/index.ts';
import type { MailboxRow, SpawnCall } from '../kernel/index.ts';
import { sha256 } from '../text/index.ts';
import type {
  CallOptions,
  Engine,
  EngineOptions,
  InboundMessage,
  MailboxMessage,
  SessionFilter,
} from './api.ts';
import { artifactId } from './artifacts.ts';
import type { Core } from './core.ts';
import { translate } from './core.ts';
import { Dispatcher } from './dispatcher.ts';
import { EngineError } from './errors.ts';
import { messageRecord, sessionRecord } from './run.ts';

export function createEngine(core: Core, options: EngineOptions): Engine {
  const boot_id = core.ids.uuid7(core.clock.now());
  const dispatcher = new Dispatcher(core, options.runner, boot_id, spawn);
  let closed = false;

  const guard = ({ signal }: CallOptions = {}): void => {
    if (closed) throw new EngineError('engine_closed', 'the engine is closed');
    if (signal?.aborted) throw new EngineError('aborted', 'the call was aborted', { cause: signal.reason });
  };

  /** What the gate says; only sessions that are bound to a packet ask it. */
  async function admit(
    wp_id: string,
    role: string,
  ): Promise<{ capabilities: string[] } | { refused: string }> {
    if (!options.admission) return { refused: `no gate is configured that could admit ${role} to ${wp_id}` };
    const answer = await options.admission.admit(wp_id, role);
    return answer.refused ? { refused: answer.message } : { capabilities: answer.capabilities };
  }

  async function spawn(request: SpawnCall): Promise<SessionSpawnResponse> {
    const requester = await core.store.read((view) =>
      view.get('session', String(request.requester_session_id)),
    );
    if (!requester?.wp_id) return core.execute('spawn', { request });
    const answer = await admit(requester.wp_id, String(request.child_role));
    const admission =
      'refused' in answer
        ? { admitted: false, capabilities: [] }
        : { admitted: true, capabilities: answer.capabilities };
    return core.execute('spawn', { request, admission });
  }

  const engine: Engine = {
    async createSession(input, call) {
      guard(call);
      let admitted: string[] | null = null;
      if (input.wp_id != null) {
        const answer = await admit(input.wp_id, input.role);
        if ('refused' in answer) throw new EngineError('not_admitted', answer.refused);
        admitted = answer.capabilities;
      } else if (options.unboundSessions !== 'allow') {
        throw new EngineError('unbound_session', 'a session without a work packet is not allowed here');
      }
      return sessionRecord(await core.execute('create_session', { input, admitted }));
    },
    async spawn(request, call) {
      guard(call);
      return spawn(request);
    },
    async enqueue(run, call) {
      guard(call);
      return core.execute('enqueue', run);
    },
    async send(message, call) {
      guard(call);
      await core.execute('send', store(core, message));
    },
    async approve(gate, call) {
      guard(call);
      await core.execute('approve', gate);
    },
    async consent(_receipt, call) {
      guard(call);
      throw new EngineError('unsupported', 'consent receipts are not supported yet; cloud runs stay BLOCKED');
    },
    async revokeConsent(_id, _by, call) {
      guard(call);
      throw new EngineError('unsupported', 'consent receipts are not supported yet; cloud runs stay BLOCKED');
    },
    async cancel(session_id, how, call) {
      guard(call);
      return core.execute('cancel', { session_id, ...how });
    },
    async pause(session_id, reason, call) {
      guard(call);
      await core.execute('pause', { session_id, reason });
    },
    async resume(session_id, call) {
      guard(call);
      await core.execute('resume', { session_id });
    },
    async close(session_id, call) {
      guard(call);
      await core.execute('close', { session_id });
    },
    async inbox(session_id, call = {}) {
      guard(call);
      const messages = await core.execute('read_inbox', { session_id, take: call.take ?? false });
      return messages.map(letter);
    },
    async session(session_id, call) {
      guard(call);
      const row = await core.store.read((view) => view.get('session', session_id));
      return row && sessionRecord(row);
    },
    async sessions(filter = {}, call) {
      guard(call);
      const rows = await core.store.read((view) => view.sessionIds().map((id) => view.get('session', id)!));
      return rows.map(sessionRecord).filter((session) => passes(session, filter));
    },
    async spans(session_id, call) {
      guard(call);
      return core.store.read((view) => view.select('span', 'session', session_id));
    },
    async thread(session_id, call) {
      guard(call);
      const rows = await core.store.read((view) => view.select('message', 'session', session_id));
      return rows.map((row) => ({ ...messageRecord(row), provenance: row.provenance }));
    },
    async *events(query = {}) {
      guard();
      for await (const { event } of core.store.readEvents(query)) yield event;
    },
    async recover(call) {
      guard(call);
      return core.execute('recover', { boot_id });
    },
    start() {
      guard();
      dispatcher.start();
    },
    async idle(call) {
      guard(call);
      await translate(() => dispatcher.idle(call?.signal));
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      await dispatcher.stop();
      closed = true;
      await core.store[Symbol.asyncDispose]();
    },
  };
  return engine;
}

/** The content becomes an artifact first; what travels on is its hash. */
function store(core: Core, message: InboundMessage): Parameters<typeof core.execute<'send'>>[1] {
  const content_artifact_id = artifactId(message.content);
  core.artifacts.put(content_artifact_id, message.content);
  return {
    session_id: message.to_session_id,
    content_hash: sha256(message.content),
    content_artifact_id,
    ...(message.routed ? { routed: message.routed } : {}),
    ...(message.source === undefined ? {} : { external: message.source }),
  };
}

const letter = ({ inbox_seq: _, ...message }: MailboxRow): MailboxMessage => message;

function passes(session: ModelSession, filter: SessionFilter): boolean {
  const fields = Object.keys(filter) as (keyof SessionFilter)[];
  return fields.every((field) => filter[field] === undefined || session[field] === filter[field]);
}
