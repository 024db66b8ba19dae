/** What {@link verifyLog} may report of an event log. Every one of them is an error: the log breaks the spec. */
export const LOG_RULES: readonly { id: string; summary: string; docs: string; severity: 'error' }[] = [
  [
    'announce/no-artifact',
    'An announcement names a summary artifact that exists (4.3.9.15.5).',
    'A requester reads the summary, not the chat of its child: a reference to nothing leaves it with a claim. Store the artifact before announcing it.',
  ],
  [
    'announce/no-letter',
    'An announcement follows the mailbox message that carries it (4.3.9.15.5).',
    'The announcement is an event about a message. Without the message nobody was told, whatever the log says.',
  ],
  [
    'announce/status',
    'An announcement tells the state in which its child ended (D-28).',
    'A child that failed and announces success makes its requester build on nothing. The status is that of the last change of state.',
  ],
  [
    'announce/twice',
    'A child announces a task once (D-29).',
    'The second announcement would be taken for the result of another task, or counted again. One task, one announcement.',
  ],
  [
    'announce/wrong-requester',
    'A child announces to the session that spawned it (4.3.9.15.5).',
    'The result reaches somebody who did not ask for it, and the one who did waits for ever.',
  ],
  [
    'cascade/missed',
    'A cascade takes every live descendant (INV-SPAWN-004).',
    'A session that a cascade does not reach goes on working, and spending, for a tree that is gone. Every descendant that is alive is in the list, or was skipped with a reason.',
  ],
  [
    'cascade/not-cancelled',
    'What a cascade lists was cancelled (INV-SPAWN-004).',
    'The record says cancelled and the session was not: the list was written from what was planned, and not from what happened.',
  ],
  [
    'cascade/twice',
    'A session is cancelled once (INV-SPAWN-004).',
    'A second cancellation of one session means that two cascades ran over the same tree without knowing of each other.',
  ],
  [
    'consent/missing',
    'A run in the cloud starts under a consent receipt (INV-CONSENT-001).',
    'What has left the machine cannot be called back. FR-EVT-SESS-SCHED-002 of a cloud session carries the id of the receipt in `policy_decision_id` (D-51); without it nobody can show that anyone agreed.',
  ],
  [
    'consent/not-blocked',
    'A session whose receipt was revoked is BLOCKED (D-16).',
    'To take consent back stops what is sent, and does not end the session: its work waits for another receipt. A session that was cancelled with its jobs cannot go on.',
  ],
  [
    'consent/revoked',
    'No run starts under a receipt that was revoked (INV-CONSENT-003).',
    'Somebody has taken consent back, and the scheduler did not look. The receipt is checked at each dispatch, not when it arrives.',
  ],
  [
    'event/duplicate',
    'An event id occurs once.',
    'An id that occurs twice makes one of the two events disappear for whoever stores by id, and counts it double for everyone else.',
  ],
  [
    'event/invalid',
    'An event has the shape of its schema and the correlation of its family (11.5).',
    'An event of another shape cannot be read by what was generated from the spec. The message names the field; the schema is in the event catalogue.',
  ],
  [
    'scheduler/dispatch',
    'A run starts in a session that waits: none that has ended, is paused or runs already.',
    'A run in a session that has ended, is paused or already runs breaks the state that everyone else sees.',
  ],
  [
    'session/completed',
    'FR-EVT-SESS-003 follows the change to COMPLETED.',
    'The event tells the summary of a session that has completed. Without the change of state before it, the session completed in the event only.',
  ],
  [
    'session/created-twice',
    'A session is created once (INV-SESS-001).',
    'Two creations with one id are two sessions that share a history.',
  ],
  [
    'session/from-state',
    'A change of state starts from the state the session was in.',
    'Each change names the state that it leaves. Another one means that an event is missing, or that two writers changed the session.',
  ],
  [
    'session/illegal-transition',
    'A session changes state along the table of D-05 only.',
    'The table of states is closed: a change that it does not have was made by something that does not know it.',
  ],
  [
    'session/terminal-sticky',
    'COMPLETED, FAILED and CANCELLED are final (4.3.9.12.6).',
    'A session that has ended does not begin again: what came back to life is not covered by any cap, budget or cancellation.',
  ],
  [
    'session/unknown',
    'An event is about a session that was created before.',
    'The log begins in the middle, or the event carries the id of another session: nothing about it can be proven.',
  ],
  [
    'spawn/depth',
    'A child is one level below its parent (D-20).',
    'Depth is what the cap on spawning counts. A child whose depth is not one more than that of its parent was counted wrongly, and so are its own children.',
  ],
  [
    'spawn/no-child',
    'An accepted spawn has created its child.',
    'The answer says that a child exists. Without its creation nobody can cancel, count or wait for it.',
  ],
  [
    'spawn/not-requested',
    'An answer follows the request that it answers.',
    'An answer to nothing was made up, or its request was lost. Every accepted or refused spawn follows a request with its id.',
  ],
  [
    'spawn/requester-terminal',
    'A session that has ended spawns nothing (D-21).',
    'A session that has ended asked for a child: nobody will read its result, and no cascade reaches it.',
  ],
].map(([id, summary, docs]) => ({ id: id!, summary: summary!, docs: docs!, severity: 'error' }));
