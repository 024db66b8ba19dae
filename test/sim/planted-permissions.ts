// Faults planted into consent, processes, tool calls, notices, checkpoints and threads.
import type { CommandInput } from '../../tools/kernel/index.ts';
import { drop, limits, type Plant, rowsOf } from './plant.ts';
import type { Given } from './world.ts';

export const laterPlants: Plant[] = [
  {
    name: 'a call to the cloud is made without a receipt (INV-CONSENT-001)',
    decision(made, { kind }) {
      if (kind === 'dispatch') for (const job of rowsOf(made, 'job')) job.consent_receipt_id = null;
    },
  },
  {
    name: 'a revocation leaves the calls that run under it alone (INV-CONSENT-003)',
    decision(made, { kind }) {
      if (kind !== 'revoke_consent') return;
      drop(made, ({ table }) => table !== 'receipt');
      made.events = [];
    },
  },
  {
    name: 'a receipt for one call serves for another one (D-62)',
    decision: (made) => drop(made, ({ table, row }) => table === 'coverage' && row === null),
  },
  {
    name: 'recovery takes the runs of a process that lives (D-41)',
    command(given, { view }) {
      if (given.kind !== 'recover') return given;
      const dead = view.select('boot', 'all', 'all').map(({ boot_id }) => boot_id);
      return { kind: 'recover', input: { ...given.input, dead } } as Given;
    },
  },
  {
    name: 'recovery takes nobody’s word that a process is dead (FM-22)',
    command(given) {
      if (given.kind !== 'recover') return given;
      const { boot_id } = given.input as CommandInput<'recover'>;
      return { kind: 'recover', input: { boot_id } };
    },
  },
  {
    name: 'a process that has left is still registered',
    decision(made, { kind }) {
      if (kind === 'leave_boot') made.changes = [];
    },
  },
  {
    name: 'a call that must not be repeated is repeated after a crash (INV-RECOVER-002)',
    decision(made, { kind }) {
      const result = made.result as { verdict?: { kind: string } };
      if (kind === 'start_tool' && result.verdict?.kind === 'ask') result.verdict = { kind: 'execute' };
    },
  },
  {
    name: 'the answer of a tool is not kept (D-42)',
    decision: (made, { kind }) => {
      if (kind === 'end_tool') drop(made, ({ table }) => table === 'tool_call');
    },
  },
  {
    name: 'a chatty child fills the inbox of its requester (D-30)',
    decision(made) {
      for (const row of rowsOf(made, 'session')) row.notice_place = 0;
    },
  },
  {
    name: 'a notice is told to whoever is above the requester (FM-14)',
    decision(made) {
      for (const event of made.events)
        if (event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && event.payload.message_type === 'FYI')
          event.payload.thread_id = event.trace_id;
    },
  },
  {
    name: 'a checkpoint ends before the last message (4.3.9.19)',
    decision(made) {
      for (const artifact of made.artifacts)
        artifact.text = artifact.text.replace(
          /"message_thread_tail_id":"[^"]+"/,
          '"message_thread_tail_id":""',
        );
    },
  },
  {
    name: 'a checkpoint is written and its session does not name it',
    decision(made, _given, { view }) {
      for (const row of rowsOf(made, 'session')) {
        const before = view.get('session', row.session_id);
        if (before) row.checkpoint_artifact_id = before.checkpoint_artifact_id;
      }
    },
  },
  {
    name: 'a thread is read without permission (INV-SESS-005)',
    decision(made, { kind }) {
      const result = made.result as { allowed?: boolean; fenced?: boolean };
      if (kind === 'read_thread' && result.fenced === false) result.allowed = true;
    },
  },
  {
    name: 'a permission that was revoked still holds',
    decision(made, { kind }) {
      if (kind === 'revoke_thread') made.changes = [];
    },
  },
  {
    name: 'persistent children that rest are not counted (D-23)',
    rules: (rules) => limits(rules, { max_persistent_children: 1_000 }),
  },
];
