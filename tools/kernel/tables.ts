import type { JobState } from '../generated/index.ts';
import type {
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
  plan: PlanRow;
  receipt: ReceiptRow;
  coverage: CoverageRow;
}

export type TableName = keyof Rows;

export interface IndexDefinition<Row> {
  /** The value under which a row is found; null keeps it out of the index. */
  value(row: Row): string | null;
  /** Rows of one value come in this order, then in the order of their insertion. */
  order(row: Row): number;
  /** True if a change of a stored row can bring it into the index; else rows enter by insertion only. */
  moves?: true;
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

/**
 * Every table that the kernel reads and writes, with the look-ups it needs. Both stores are built from this
 * declaration, so that neither can know a table or an order that the other does not.
 */
export const tables: { [Name in TableName]: TableDefinition<Rows[Name]> } = {
  session: {
    sql: 'model_sessions',
    key: (row) => row.session_id,
    indexes: {
      parent: { value: (row) => row.parent_session_id, order: (row) => row.spawn_seq },
      live: { value: (row) => (row.terminal === null ? 'live' : null), order: unordered },
      wp: { value: (row) => row.wp_id, order: unordered },
    },
  },
  tree: { sql: 'session_trees', key: (row) => row.root_session_id, indexes: {} },
  request: { sql: 'spawn_requests', key: (row) => row.key, indexes: {} },
  job: {
    sql: 'model_run_jobs',
    key: (row) => row.job_id,
    indexes: {
      live: { value: (row) => (isLiveJob(row) ? row.session_id : null), order: (row) => row.job_seq },
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
      open: { value: (row) => (row.end_time === null ? row.session_id : null), order: unordered },
    },
  },
  operation: { sql: 'cancel_operations', key: (row) => row.op_id, indexes: {} },
  warning: { sql: 'budget_warnings', key: (row) => row.key, indexes: {} },
  packet: { sql: 'packet_totals', key: (row) => row.wp_id, indexes: {} },
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
  coverage: {
    sql: 'consent_coverage',
    key: (row) => row.key,
    indexes: { subject: { value: (row) => row.subject, order: unordered } },
  },
};

/** What the kernel sees of a store: rows of the moment, frozen by convention. */
export interface View {
  get<Name extends TableName>(table: Name, key: string): Rows[Name] | undefined;
  select<Name extends TableName>(table: Name, index: string, value: string, limit?: number): Rows[Name][];
  /** The values that an index holds, in code-unit order. */
  distinct(table: TableName, index: string): string[];
}

/** One row to write; a null row is a deletion. */
export type Change = { [Name in TableName]: { table: Name; key: string; row: Rows[Name] | null } }[TableName];
