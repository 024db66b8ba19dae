import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { Decision, Rejection, Rows, TableName, View } from '../../kernel/index.ts';
import type { ChainReport, EventLog, Gap, Head } from '../../recorder/index.ts';

/**
 * Where rows and events live. One command is one transaction: its rows and its events are there together, or
 * neither is. Asynchronous, so that a store need not live in this process.
 */
export interface Store extends EventLog, AsyncDisposable {
  /** Runs a decision on a stable view. `prepare` may refuse it by throwing; then nothing has happened. */
  transact<Result>(
    decideOn: (view: View) => Decision<Result> | Rejection,
    prepare: (decision: Decision<Result>) => readonly FlightRecorderEvent[],
  ): Promise<Decision<Result> | Rejection>;
  /** One look sees one moment. */
  read<Result>(look: (view: Reading) => Result): Promise<Result>;
  /** Whether another process has committed since this was asked last. Cheap: it is asked many times a second. */
  changedElsewhere(): boolean;
  /** Proves the log of one moment: every record follows from the one before it, and what stands beside it is true. */
  verify(options?: VerifyLog): Promise<ChainReport>;
  /** Records that are not in the log any more, in order, and why. */
  gaps(): Promise<Gap[]>;
}

export interface VerifyLog {
  /** A head that was noted elsewhere: the log must go on from it. */
  noted?: Head | undefined;
  /** Hears now and then how many records have passed. */
  progress?: ((events: number) => void) | undefined;
  /**
   * Hears of each gap whose records an archive holds. A head that was noted inside of one is then left to whoever hears:
   * no record of the database shows it.
   */
  archived?: ((gap: ArchivedGap) => void) | undefined;
}

/** Records that an archive holds, and what these have to be for the chain to go through it. */
export interface ArchivedGap {
  first_seq: number;
  last_seq: number;
  /** Of the last record: the chain goes on from it. */
  hash: string;
  /** Hashes that may stand before the first record: one; none where nobody knows. */
  before: readonly string[];
  /** As the database names it. */
  archive: string;
  /** That of its trailer. */
  sha256: string;
}

/** For queries, beyond what the kernel may see. */
export interface Reading extends View {
  sessionIds(): string[];
  /** Every row of a table, in the order of insertion. */
  all<Name extends TableName>(table: Name): Rows[Name][];
}
