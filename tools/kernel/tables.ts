import type { JobState } from '../generated/index.ts';
import type {
  BootRow,
  BucketRow,
  CallRow,
  CascadeCancelRecord,
  CoverageRow,
  JobRow,
  LanesRow,
  MailboxRow,
  MessageRow,
  PacketRow,
  PlanRow,
  ReceiptRow,
  RequestRow,
  SessionRow,
  SpanRow,
  ThreadPermissionRow,
  ToolCallRow,
  TreeRow,
  WarningRow,
} from './rows.ts';

export interface Rows {
  session: SessionRow;
  tree: TreeRow;
  request: RequestRow;
  job: JobRow;
  call: CallRow;
  bucket: BucketRow;
  lanes: LanesRow;
  message: MessageRow;
  mailbox: MailboxRow;
  span: SpanRow;
  operation: CascadeCancelRecord;
  warning: WarningRow;
  packet: PacketRow;
  tool_call: ToolCallRow;
  boot: BootRow;
  plan: PlanRow;
  receipt: ReceiptRow;
  coverage: CoverageRow;
  permission: ThreadPermissionRow;
}

export type TableName = keyof Rows;

export interface IndexDefinition<Row> {
  /** The value under which a row is found; null keeps it out of the index. */
  value(row: Row): string | null;
  /** Rows of one value come in this order, then in the order of their insertion. */
  order(row: Row): number;
  /** True if a change of a stored row can bring it into the index; else rows enter by insertion only. */
  moves?: true;
  /** True if its values are ids of sessions, none of which has rows before it is made. */
  ofSession?: true;
}

export interface TableDefinition<Row> {
  /** Name of the table in a database. */
  sql: string;
  key(row: Row): string;
  indexes: Record<string, IndexDefinition<Row>>;
}

const unordered = (): number => 0;

const terminalJob: ReadonlySet<JobState> = new Set([
  'completed',
  'completed_with_issues',
  'failed',
  'cancelled',
  'poisoned',
]);

export const isLiveJob = (job: Pick<JobRow, 'state'>): boolean => !terminalJob.has(job.state);

/** The sub-queue of a job (D-13). The group is part of it, so that a full group holds up nobody else. */
export const subQueue = (job: Pick<JobRow, 'lane' | 'provider' | 'model_id' | 'concurrency_group'>): string =>
  JSON.stringify([job.lane, job.provider, job.model_id, job.concurrency_group]);

/** Under which the permissions of one reader for one thread are found. */
export const pairOf = (reader: string, session: string): string => JSON.stringify([reader, session]);

/**
 * Every table that the kernel reads and writes, with the look-ups it needs. Both stores are built from this
 * declaration, so that neither can know a table or an order that the other does not.
 */
export const tables: { [Name in TableName]: TableDefinition<Rows[Name]> } = {
  session: {
    sql: 'model_sessions',
    key: (row) => row.session_id,
    indexes: {
      parent: { value: (row) => row.parent_session_id, order: (row) => row.spawn_seq, ofSession: true },
      live: { value: (row) => (row.terminal === null ? 'live' : null), order: unordered },
      wp: { value: (row) => row.wp_id, order: unordered },
      persistent: {
        value: (row) =>
          row.spawn_mode === 'SESSION_PERSISTENT' && row.terminal === null ? row.parent_session_id : null,
        order: (row) => row.spawn_seq,
      },
    },
  },
  tree: { sql: 'session_trees', key: (row) => row.root_session_id, indexes: {} },
  request: { sql: 'spawn_requests', key: (row) => row.key, indexes: {} },
  job: {
    sql: 'model_run_jobs',
    key: (row) => row.job_id,
    indexes: {
      live: {
        value: (row) => (isLiveJob(row) ? row.session_id : null),
        order: (row) => row.job_seq,
        ofSession: true,
      },
      ready: {
        value: (row) =>
          row.state === 'queued' && !row.held && row.not_before === null ? subQueue(row) : null,
        order: (row) => row.priority,
        moves: true,
      },
      delayed: {
        value: (row) => (row.state === 'queued' && !row.held && row.not_before !== null ? 'delayed' : null),
        order: (row) => row.not_before ?? 0,
        moves: true,
      },
      // By process, so that recovery reads the runs of dead ones and no others.
      running: {
        value: (row) => (row.state === 'running' ? row.boot_id : null),
        order: unordered,
        moves: true,
      },
    },
  },
  call: {
    sql: 'provider_calls',
    key: (row) => row.job_id,
    indexes: { running: { value: () => 'running', order: unordered } },
  },
  bucket: { sql: 'rate_buckets', key: (row) => row.provider, indexes: {} },
  lanes: { sql: 'scheduler_lanes', key: (row) => row.key, indexes: {} },
  message: {
    sql: 'session_messages',
    key: (row) => row.message_id,
    indexes: { session: { value: (row) => row.session_id, order: (row) => row.message_seq } },
  },
  mailbox: {
    sql: 'mailbox_messages',
    key: (row) => row.message_id,
    indexes: { inbox: { value: (row) => row.to_session_id, order: (row) => row.inbox_seq } },
  },
  span: {
    sql: 'spans',
    key: (row) => row.span_id,
    indexes: {
      session: { value: (row) => row.session_id, order: unordered },
      open: {
        value: (row) => (row.end_time === null ? row.session_id : null),
        order: unordered,
        ofSession: true,
      },
    },
  },
  operation: { sql: 'cancel_operations', key: (row) => row.op_id, indexes: {} },
  warning: { sql: 'budget_warnings', key: (row) => row.key, indexes: {} },
  packet: { sql: 'packet_totals', key: (row) => row.wp_id, indexes: {} },
  tool_call: {
    sql: 'tool_calls',
    key: (row) => row.key,
    indexes: {
      pending: {
        value: (row) => (row.state === 'pending' ? row.session_id : null),
        order: unordered,
        moves: true,
      },
    },
  },
  plan: { sql: 'projection_plans', key: (row) => row.projection_plan_id, indexes: {} },
  receipt: {
    sql: 'consent_receipts',
    key: (row) => row.consent_receipt_id,
    indexes: {
      issued: { value: () => 'issued', order: unordered },
      awaited: {
        value: (row) => (row.awaited ? 'awaited' : null),
        order: (row) => Date.parse(row.valid_from),
        moves: true,
      },
    },
  },
  boot: {
    sql: 'engine_boots',
    key: (row) => row.boot_id,
    indexes: { all: { value: () => 'all', order: unordered } },
  },
  coverage: {
    sql: 'consent_coverage',
    key: (row) => row.key,
    indexes: { subject: { value: (row) => row.subject, order: unordered } },
  },
  permission: {
    sql: 'thread_permissions',
    key: (row) => row.permission_id,
    indexes: {
      reader: { value: (row) => row.reader_session_id, order: unordered },
      open: {
        value: (row) => (row.revoked_at === null ? pairOf(row.reader_session_id, row.session_id) : null),
        order: unordered,
      },
    },
  },
};

/** What the kernel sees of a store: rows of the moment, frozen by convention. */
export interface View {
  get<Name extends TableName>(table: Name, key: string): Rows[Name] | undefined;
  select<Name extends TableName>(table: Name, index: string, value: string, limit?: number): Rows[Name][];
  /** The same for many values, each with its rows: one look instead of one for each. */
  selectMany<Name extends TableName>(
    table: Name,
    index: string,
    values: readonly string[],
  ): Map<string, Rows[Name][]>;
  /** The values that an index holds, in code-unit order. */
  distinct(table: TableName, index: string): string[];
}

/** One row to write; a null row is a deletion. */
export type Change = { [Name in TableName]: { table: Name; key: string; row: Rows[Name] | null } }[TableName];
