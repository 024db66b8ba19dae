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
  type View,
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
  /** `guard` looks at what is stored before the decision, in the same transaction; what it throws stops the command. */
  execute<Name extends CommandName>(
    kind: Name,
    input: CommandInput<Name>,
    guard?: (view: View) => void,
  ): Promise<CommandResult<Name>>;
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
    async execute(kind, input, guard) {
      // The time of the decision, not of the call: between them another process may have written for a while.
      const decision = await translate(() =>
        store.transact((view) => {
          guard?.(view);
          return decide({ view, rules }, { kind, input }, clock.now(), ids);
        }, prepare),
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
