import type {
  ConsentReceipt,
  ModelSession,
  ProjectionPlan,
  SessionSpawnResponse,
} from '../generated/index.ts';
import type { NewSession, RunKey, SpawnCall } from '../kernel/index.ts';
import type { EventQuery } from '../recorder/index.ts';
import { sha256 } from '../text/index.ts';
import type {
  CallOptions,
  ConsentFilter,
  Engine,
  EngineOptions,
  InboundMessage,
  NewModelRun,
  SessionFilter,
  ThreadAllowance,
} from './api.ts';
import { childrenOf } from './children.ts';
import type { Core } from './core.ts';
import { translate } from './core.ts';
import { aborted, EngineError, reasonOf, unlessAborted } from './errors.ts';
import * as inputs from './inputs.ts';
import { bindingsOf } from './look/bindings.ts';
import { consentsOf } from './look/consents.ts';
import { type ViewQuery, viewOf } from './look/views.ts';
import { parse } from './parse.ts';
import { systemProcesses } from './processes.ts';
import { letterRecord, sessionRecord, threadRecord } from './records.ts';
import { Dispatcher } from './run/dispatcher.ts';
import { recoverDead } from './run/recovery.ts';
import { artifactId, contentOf } from './store/artifacts.ts';

export function createEngine(core: Core, options: EngineOptions): Engine {
  const boot_id = core.ids.uuid7(core.clock.now());
  const boot = { boot_id, processes: options.processes ?? systemProcesses };
  const dispatcher = new Dispatcher(core, options.runner, boot, { spawn, recovered: options.onRecovery });
  let closed = false;

  /** Every call: open, not aborted, rightly called, and no failure but an EngineError. */
  async function answer<Result>(call: CallOptions | undefined, work: () => Promise<Result>): Promise<Result> {
    guard(call && parse<typeof call>(inputs.callOptions, call, 'options'));
    return unlessAborted(call?.signal, translate(work));
  }

  function guard(call?: CallOptions): void {
    if (closed) throw new EngineError('engine_closed', 'the engine is closed');
    if (call?.signal?.aborted) throw aborted(call.signal);
  }

  /** What the gate says; only sessions that are bound to a packet ask it. A gate that fails admits nobody. */
  async function admit(wp_id: string, role: string, call?: CallOptions): Promise<AdmissionAnswer> {
    if (!options.admission) {
      return { refused: true, message: `no gate is configured that could admit ${role} to ${wp_id}` };
    }
    let answer: AdmissionAnswer;
    try {
      answer = parse(inputs.admissionAnswer, await options.admission.admit(wp_id, role), 'the gate’s answer');
    } catch (error) {
      const reason = reasonOf(error);
      throw new EngineError('not_admitted', `the gate could not answer: ${reason}`, { cause: error });
    }
    guard(call); // a gate may take its time, and the caller has been told meanwhile that nothing comes of it
    return answer;
  }

  async function spawn(given: SpawnCall, run?: RunKey): Promise<SessionSpawnResponse> {
    const request = parse<SpawnCall>(inputs.spawnRequest, given, 'request');
    const { requester_session_id, child_role } = request;
    const named = typeof requester_session_id === 'string' && typeof child_role === 'string';
    const asked = run === undefined ? {} : { run };
    let wp_id: string | null | undefined;
    try {
      return await core.execute('spawn', { request, ...asked }, (view) => {
        wp_id = named ? view.get('session', requester_session_id)?.wp_id : null;
        if (wp_id) throw new EngineError('not_admitted', `the gate of ${wp_id} was not asked`);
      });
    } catch (error) {
      if (!wp_id) throw error;
    }
    // Most requesters are bound to no packet; a look before each spawn would cost them a transaction of its own.
    const { refused, capabilities = [] } = await admit(wp_id, child_role);
    return core.execute('spawn', {
      request,
      ...asked,
      admission: { admitted: refused !== true, capabilities },
    });
  }

  async function bind({ wp_id, role }: NewSession, call?: CallOptions): Promise<readonly string[] | null> {
    if (wp_id == null) {
      if (options.unboundSessions === 'allow') return null;
      throw new EngineError('unbound_session', 'a session without a work packet is not allowed here');
    }
    const { refused, capabilities = [], message = '' } = await admit(wp_id, role, call);
    if (refused) throw new EngineError('not_admitted', message);
    return capabilities;
  }

  const id = (session_id: unknown): string => parse(inputs.sessionId, session_id, 'session_id');

  const engine: Engine = {
    createSession: (given, call) =>
      answer(call, async () => {
        const input = parse<NewSession>(inputs.newSession, given, 'session');
        return sessionRecord(
          await core.execute('create_session', { input, admitted: await bind(input, call) }),
        );
      }),
    spawn: (request, call) => answer(call, () => spawn(request)),
    enqueue: (run, call) =>
      answer(call, async () => core.execute('enqueue', parse<NewModelRun>(inputs.newRun, run, 'run'))),
    send: (message, call) =>
      answer(call, async () => {
        const checked = parse<InboundMessage>(inputs.inboundMessage, message, 'message');
        await core.execute('send', store(core, checked));
      }),
    approve: (gate, call) =>
      answer(call, async () => core.execute('approve', parse<typeof gate>(inputs.approval, gate, 'gate'))),
    consent: (given, shown, call) =>
      answer(call, async () => {
        const receipt = parse<ConsentReceipt>(inputs.consentReceipt, given, 'receipt');
        const plan =
          shown === undefined ? undefined : parse<ProjectionPlan>(inputs.projectionPlan, shown, 'plan');
        await core.execute('consent', { receipt, ...(plan ? { plan } : {}) });
      }),
    revokeConsent: (given, who, call) =>
      answer(call, async () => {
        const consent_receipt_id = parse<string>(inputs.receiptId, given, 'id');
        await core.execute('revoke_consent', {
          consent_receipt_id,
          by: parse<string>(inputs.revokedBy, who, 'by'),
        });
      }),
    consents: (given = {}, call) =>
      answer(call, async () => {
        const filter = parse<ConsentFilter>(inputs.consentFilter, given, 'filter');
        return core.store.read((view) => consentsOf(view, filter));
      }),
    cancel: (session_id, how, call) =>
      answer(call, async () => {
        const checked = parse<typeof how>(inputs.cancellation, how, 'how');
        return core.execute('cancel', { session_id: id(session_id), ...checked });
      }),
    pause: (session_id, why, call) =>
      answer(call, async () => {
        const reason = parse<string>(inputs.pauseReason, why, 'reason');
        await core.execute('pause', { session_id: id(session_id), reason });
      }),
    async resume(session_id, given) {
      const { approved_by, ...call } = parse<typeof given>(inputs.resumeOptions, given, 'options') ?? {};
      return answer(call, async () => {
        const approval = approved_by === undefined ? {} : { approved_by };
        await core.execute('resume', { session_id: id(session_id), ...approval });
      });
    },
    close: (session_id, call) =>
      answer(call, async () => core.execute('close', { session_id: id(session_id) })),
    async inbox(session_id, given) {
      const { take = false, ...call } = parse<typeof given>(inputs.inboxOptions, given, 'options') ?? {};
      return answer(call, async () => {
        const messages = await core.execute('read_inbox', { session_id: id(session_id), take });
        return messages.map(letterRecord);
      });
    },
    session: (session_id, call) =>
      answer(call, async () => {
        const key = id(session_id);
        const row = await core.store.read((view) => view.get('session', key));
        return row && sessionRecord(row);
      }),
    sessions: (given = {}, call) =>
      answer(call, async () => {
        const filter = parse<SessionFilter>(inputs.sessionFilter, given, 'filter');
        const rows = await core.store.read((view) =>
          view.sessionIds().map((key) => view.get('session', key)!),
        );
        return rows.map(sessionRecord).filter((session) => passes(session, filter));
      }),
    spans: (session_id, call) =>
      answer(call, async () => {
        const key = id(session_id);
        return core.store.read((view) => view.select('span', 'session', key));
      }),
    spanBindings: (session_id, call) =>
      answer(call, async () => {
        const key = id(session_id);
        return core.store.read((view) => bindingsOf(view, key));
      }),
    view: (what, given = {}, call) =>
      answer(call, async () => {
        const name = parse<typeof what>(inputs.viewName, what, 'view');
        const query = parse<ViewQuery>(inputs.viewQuery, given, 'query');
        const { budgets } = options;
        return viewOf(core.store, name, query, { now: core.clock.now(), ...(budgets ? { budgets } : {}) });
      }),
    thread: (session_id, call) =>
      answer(call, async () => {
        const key = id(session_id);
        const rows = await core.store.read((view) => view.select('message', 'session', key));
        return rows.map(threadRecord);
      }),
    keep: (text, call) =>
      answer(call, async () => {
        const content = parse<string>(inputs.content, text, 'text');
        const artifact_id = artifactId(content);
        core.artifacts.put(artifact_id, content);
        return artifact_id;
      }),
    content: (artifact_id, call) =>
      answer(call, async () =>
        contentOf(core.artifacts, parse<string>(inputs.artifact, artifact_id, 'artifact_id')),
      ),
    async children(session_id, given) {
      const options = parse<typeof given>(inputs.childrenOptions, given, 'options');
      const { deep = false, ...call } = options ?? {};
      return answer(call, async () => {
        const key = id(session_id);
        return core.store.read((view) => {
          if (view.get('session', key)) return childrenOf(view, key, deep);
          throw new EngineError('session_not_found', `no session has the id ${key}`);
        });
      });
    },
    allowThread: (allowance, call) =>
      answer(call, async () => {
        const checked = parse<ThreadAllowance>(inputs.threadAllowance, allowance, 'allowance');
        return core.execute('allow_thread', checked);
      }),
    revokeThread: (permission, who, call) =>
      answer(call, async () => {
        const permission_id = parse<string>(inputs.permissionId, permission, 'permission_id');
        await core.execute('revoke_thread', { permission_id, by: parse<string>(inputs.revoker, who, 'by') });
      }),
    threadPermissions: (reader, call) =>
      answer(call, async () => {
        const key = parse<string>(inputs.sessionId, reader, 'reader');
        return core.store.read((view) => view.select('permission', 'reader', key));
      }),
    async *events(given = {}, call) {
      const events = await answer(call, async () => {
        const query = parse<EventQuery>(inputs.eventQuery, given, 'query');
        return core.store.readEvents(query)[Symbol.asyncIterator]();
      });
      try {
        for (let next = await answer(call, () => events.next()); !next.done; ) {
          yield next.value.event;
          next = await answer(call, () => events.next());
        }
      } finally {
        await events.return?.();
      }
    },
    async recover(given) {
      const { presumed_dead, ...call } = parse<typeof given>(inputs.recoverOptions, given, 'options') ?? {};
      return answer(call, async () => {
        await dispatcher.settle(); // its own runs are no dead process's
        return recoverDead(core, boot, presumed_dead);
      });
    },
    start() {
      guard();
      dispatcher.start();
    },
    idle: (call) => answer(call, () => dispatcher.idle(call?.signal)),
    async [Symbol.asyncDispose]() {
      if (closed) return;
      await dispatcher.stop();
      closed = true;
      await core.store[Symbol.asyncDispose]();
    },
  };
  return engine;
}

interface AdmissionAnswer {
  refused?: boolean;
  message?: string;
  capabilities?: string[];
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

function passes(session: ModelSession, filter: SessionFilter): boolean {
  const fields = Object.keys(filter) as (keyof SessionFilter)[];
  return fields.every((field) => filter[field] === undefined || session[field] === filter[field]);
}
