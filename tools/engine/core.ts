import type { FlightRecorderEvent } from '../generated/index.ts';
import {
  type CommandInput,
  type CommandName,
  type CommandResult,
  type Decision,
  decide,
  type Effect,
  type Ids,
  type Rules,
} from '../kernel/index.ts';
import { checkEvent, RecorderError } from '../recorder/index.ts';
import { EngineError, reasonOf } from './errors.ts';
import type { Clock } from './ports.ts';
import type { Artifacts } from './store/artifacts.ts';
import type { Store } from './store/store.ts';

/** Executes commands: the kernel decides, the recorder checks, the store commits, the effects follow. */
export interface Core {
  readonly store: Store;
  readonly artifacts: Artifacts;
  readonly clock: Clock;
  readonly ids: Ids;
  execute<Name extends CommandName>(kind: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  onCommitted(listener: Listener): void;
}

/** Hears of every command that is durable, and of what follows from it. */
type Listener = (kind: CommandName, effects: readonly Effect[], input: unknown) => void;

export function createCore(parts: {
  store: Store;
  artifacts: Artifacts;
  clock: Clock;
  ids: Ids;
  rules: Rules;
}): Core {
  const { store, artifacts, clock, ids, rules } = parts;
  let listener: Listener = () => {};

  const prepare = (decision: Decision<unknown>): FlightRecorderEvent[] => {
    const events = decision.events.map(checkEvent);
    for (const { artifact_id, text } of decision.artifacts) artifacts.put(artifact_id, text);
    return events;
  };

  return {
    store,
    artifacts,
    clock,
    ids,
    onCommitted(next) {
      listener = next;
    },
    async execute(kind, input) {
      // The time of the decision, not of the call: between them another process may have written for a while.
      const decision = await translate(() =>
        store.transact((view) => decide({ view, rules }, { kind, input }, clock.now(), ids), prepare),
      );
      if (decision.rejected) throw new EngineError(decision.code, decision.message);
      listener(kind, decision.effects, input);
      return decision.result;
    },
  };
}

/** The store's failures in the engine's words; nothing has been written when one is thrown. */
export async function translate<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (error instanceof RecorderError)
      throw new EngineError('invalid_event', error.message, { cause: error });
    const reason = reasonOf(error);
    throw new EngineError('store_failed', reason, { cause: error });
  }
}
