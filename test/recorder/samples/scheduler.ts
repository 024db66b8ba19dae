// 4.3.9.13.5: the jobs of a session.
import { job, nullable, type Sample, session } from './sample.ts';

const own = { session: 'session_id', actor: 'system' } as const;

export const scheduler: readonly Sample[] = [
  {
    id: 'FR-EVT-SESS-SCHED-001',
    type: 'session_scheduler.enqueue',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['job_id', 'uuid', job],
      ['lane', 'word', 'PRIMARY'],
      ['priority', 'count', 50],
      ['concurrency_group', 'text', null, nullable],
    ],
  },
  {
    id: 'FR-EVT-SESS-SCHED-002',
    type: 'session_scheduler.dispatch',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['job_id', 'uuid', job],
      ['lane', 'word', 'SUBAGENT'],
      ['queue_wait_ms', 'count', 12],
    ],
  },
  {
    id: 'FR-EVT-SESS-SCHED-003',
    type: 'session_scheduler.rate_limited',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['job_id', 'uuid', job],
      ['provider', 'text', 'local'],
      ['backoff_ms', 'count', 2_000],
      ['attempt', 'count', 1],
    ],
  },
  {
    id: 'FR-EVT-SESS-SCHED-004',
    type: 'session_scheduler.cancelled',
    ...own,
    rows: [
      ['session_id', 'uuid', session],
      ['job_id', 'uuid', job],
      ['reason', 'text', 'no longer needed'],
      ['cancelled_by', 'text', 'operator'],
    ],
  },
];
