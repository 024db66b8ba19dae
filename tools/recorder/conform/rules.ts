/** What {@link verifyLog} may report of an event log. Every one of them is an error: the log breaks the spec. */
export const LOG_RULES: readonly { id: string; summary: string; docs: string; severity: 'error' }[] = [
  [
    'announce/in-cascade',
    'A child that goes down in the cascade of its requester announces nothing (D-28).',
    'Its requester is gone with it: the announcement would wake, or be read by, nobody. Only a child that somebody else has cancelled tells its requester.',
  ],
  [
    'announce/missing',
    'An announcement that is owed comes (D-28, D-29).',
    'A requester that waits for a child waits for ever if it is never told. It is owed where a letter carries it, where the child has announced before, and where its requester waits for children and has no other one.',
  ],
  [
    'announce/no-artifact',
    'An announcement names a summary artifact that exists (4.3.9.15.5).',
    'A requester reads the summary, not the chat of its child: a reference to nothing leaves it with a claim. Store the artifact before announcing it.',
  ],
  [
    'announce/no-letter',
    'An announcement follows the mailbox message that carries it (4.3.9.15.5).',
    'The announcement is an event about a message of the type SessionAnnounceBack. Without the message nobody was told, whatever the log says.',
  ],
  [
    'announce/number',
    'The letters of a child are named by their numbers, from 1 and without a gap (D-29, D-30).',
    'Id and key follow from child and number, so that a retry or a recovery cannot announce twice. A letter of another name breaks that, and a gap is a letter that was lost.',
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
    'budget/below',
    'A budget warns when its threshold is reached, and not before (D-39).',
    'A warning that comes too early is one that nobody believes the next time.',
  ],
  [
    'budget/twice',
    'A budget warns once at each threshold (D-39).',
    'Warnings that repeat are switched off by whoever has to read them.',
  ],
  [
    'budget/type',
    'A warning names one of the four budgets, and that of a packet its packet (D-39).',
    '`session_tokens`, `session_cost_usd`, `wp_tokens` and `wp_cost_usd` are all there are. What warns of another one was made up, and `wp_id` in the envelope says of which packet a warning is.',
  ],
  [
    'cascade/chunk',
    'One cascade event holds at most 1000 ids, and those that continue it have its reason (D-35).',
    'Readers reserve room for a thousand. Another reason in the middle means that two operations were taken for one.',
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
    'cascade/order',
    'A cascade lists what it cancelled in pre-order, children as they were spawned (D-34).',
    'An order that follows a clock or a hash differs from one reader to the next, and a cascade that is repeated after a crash could not be compared with itself.',
  ],
  [
    'cascade/outside',
    'A cascade lists its root and what is below it (D-34).',
    'A session of another tree that is cancelled with this one was cancelled by mistake, or the tree was read wrongly.',
  ],
  [
    'cascade/twice',
    'A session is listed by one cascade, once (INV-SPAWN-004).',
    'A second cancellation of one session means that two cascades ran over the same tree without knowing of each other.',
  ],
  [
    'cascade/untold',
    'A cancelled session is listed by a cascade (D-34).',
    'The cascade says who was cancelled with whom, and why. It is recorded even for a session that has no children, so a cancelled session without one has lost its record.',
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
    'consent/untold',
    'A revocation that blocks a session cancels its jobs first (D-16, D-51).',
    'FR-EVT-SESS-SCHED-004 and FR-EVT-SESS-002 name the receipt that was revoked, the job before the session. A session that is blocked for a receipt, and none of whose jobs was cancelled for it, may go on sending.',
  ],
  [
    'coverage/missing',
    'An event that was required occurs.',
    'Whoever demands an event knows that the run must have had one: its emitter is gone, or the run was not the one that was meant (F21).',
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
    'recovery/no-pause',
    'A recovered session is PAUSED with crash_recovery (D-43).',
    'Until somebody resumes it, nobody knows what the run that was cut off has done. A session that goes on by itself may do it twice.',
  ],
  [
    'recovery/untold',
    'A session that a recovery pauses was told of by FR-EVT-WF-RECOVERY (INV-RECOVER-003).',
    'Without it nobody can say which run was cut off, and when it was last known to live.',
  ],
  [
    'scheduler/active',
    'A session becomes ACTIVE by a run that starts, and a run that starts makes it ACTIVE (D-05, D-53).',
    'ACTIVE without a dispatch is a call that the scheduler knows nothing of: no limit counted it (INV-SCHED-001). A dispatch without ACTIVE lets a second run start beside the first.',
  ],
  [
    'scheduler/after-cancel',
    'A job that was cancelled is over.',
    'What was cancelled and runs all the same spends money that somebody has stopped.',
  ],
  [
    'scheduler/dispatch',
    'A run starts in a session that waits: none that has ended, is paused or runs already.',
    'A run in a session that has ended, is paused or already runs breaks the state that everyone else sees.',
  ],
  [
    'scheduler/enqueued-twice',
    'A job is queued once; a retry is another attempt of it (D-09).',
    'Two jobs with one id cannot be told apart: to cancel one leaves the other.',
  ],
  [
    'scheduler/lane',
    'A child never runs in the PRIMARY lane (D-22).',
    'The PRIMARY lane is for what a person waits for. Children in it hold it up (INV-SCHED-005).',
  ],
  [
    'scheduler/left-over',
    'A session that ends leaves no job behind (D-08, D-34).',
    'A job that is still queued when its session ends will be dispatched by somebody, or waited for by everybody. An ending cancels each with FR-EVT-SESS-SCHED-004, and a session with live jobs does not complete.',
  ],
  [
    'scheduler/not-enqueued',
    'A job that starts, waits or is cancelled was queued before (INV-SCHED-002).',
    'What was never queued has been counted by no limit and ordered by no lane.',
  ],
  [
    'session/after-end',
    'A session that has ended hears, says and queues nothing more (4.3.9.12.6).',
    'Whatever comes after the end is covered by no cap, no budget and no cancellation. What a tool has done that was cut off may still be told (FR-EVT-007).',
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
    'session/messages',
    'FR-EVT-SESS-003 counts the messages that FR-EVT-SESS-004 has told (F07).',
    'A difference is a message that was lost on its way into the log, or into the thread.',
  ],
  [
    'session/not-reported',
    'A session that completes reports it with FR-EVT-SESS-003 (D-40).',
    'What it has cost and how long it took is told there and nowhere else.',
  ],
  [
    'session/reason',
    'BLOCKED and PAUSED give one of their closed reasons (D-06).',
    'Whoever has to act on it reads the reason: `gate` wants an approval, `consent` a receipt, `input` nothing but patience. Another word helps nobody.',
  ],
  [
    'session/span',
    'All events of a session name one session span (D-38).',
    'A session has exactly one. Two of them split its timeline.',
  ],
  [
    'session/terminal-sticky',
    'COMPLETED, FAILED and CANCELLED are final (4.3.9.12.6).',
    'A session that has ended does not begin again: what came back to life is not covered by any cap, budget or cancellation.',
  ],
  [
    'session/unknown',
    'An event is about a session that was created before.',
    'The log begins in the middle, or the event carries the id of another session: nothing about it can be proven. It is told once of a session, and the other rules are silent about it. Of a piece of a log it is not told at all.',
  ],
  [
    'span/interval',
    'A span lies inside the one that holds it (D-38).',
    'Time outside is counted in one of the two and not in the other. A session may outlive the one that spawned it, if that has completed without it.',
  ],
  [
    'span/invalid',
    'A span line has the shape of a span (4.3.9.18.2).',
    'It is a row of this engine, a ModelSessionSpanBinding or an ActivitySpanBinding. The message names the field.',
  ],
  [
    'span/left-open',
    'A session that has ended has no open span (D-38).',
    'An open span is shown as work that is going on.',
  ],
  [
    'span/missing',
    'A session has a span (4.3.9.18.2).',
    'Where spans are recorded, a session without one is missing from every timeline. Without any span line this rule says nothing.',
  ],
  [
    'span/no-parent',
    'The span that holds another one is there (4.3.9.18.2).',
    'A span that hangs in the air is counted to nobody.',
  ],
  [
    'span/reopened',
    'A span is opened once and closed once (D-38).',
    'A span that is closed and goes on would be two stretches of time under one id.',
  ],
  [
    'span/second',
    'A session has one span (D-38).',
    'With two of them, every sum and every timeline depends on which one is found first.',
  ],
  [
    'span/totals',
    'The attempts of a session add up to what FR-EVT-SESS-003 reports (D-38).',
    'Tokens that no attempt accounts for were counted twice, or were paid and never booked. What an attempt that was cut off has cost may be booked after the report.',
  ],
  [
    'span/unknown',
    'A span that an event names is there (4.3.9.18.2).',
    'The event leads to its span, and there it leads nowhere.',
  ],
  [
    'span/wrong-parent',
    'A tool lies in an attempt, an attempt in a run, a run in its session, a session in that of its requester (D-38).',
    'Costs are added up along this line. A span that lies elsewhere is counted elsewhere.',
  ],
  [
    'spawn/accepted-twice',
    'A child is accepted once.',
    'A child of two requesters is announced to one of them and waited for by both.',
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
    'spawn/not-accepted',
    'A session below another one was accepted (D-53).',
    'A depth above 0 says that somebody has spawned it, and nobody said yes. It is in no tree: no cascade reaches it.',
  ],
  [
    'spawn/not-requested',
    'An answer follows the request that it answers.',
    'An answer to nothing was made up, or its request was lost. Every accepted or refused spawn follows a request with its id.',
  ],
  [
    'spawn/packet',
    'A child works for the packet of its requester (D-64).',
    'A child with another packet was admitted by nobody, and its cost is booked where nobody looks.',
  ],
  [
    'spawn/reason',
    'A refusal gives a reason of the closed list (D-21).',
    "Whoever asked decides by the reason whether to ask again. A reason of one's own says nothing to him.",
  ],
  [
    'spawn/requester-terminal',
    'A session that has ended spawns nothing (D-21).',
    'A session that has ended asked for a child: nobody will read its result, and no cascade reaches it.',
  ],
  [
    'spawn/role',
    'A child has the role that was asked for and accepted (D-22).',
    'Role decides lane, capabilities and whom it may spawn. Another one than was asked for is another child.',
  ],
  [
    'spawn/unanswered',
    'Every request is accepted or refused (D-53).',
    'A requester without an answer neither waits for a child nor goes on without one, and nobody can tell whether the child exists.',
  ],
  [
    'tool/untold',
    'A result in the thread belongs to a tool call that was told (FR-EVT-007, INV-PROV-001).',
    'The thread says that a tool was called, and the log does not say which, with what effect, or under whose capability.',
  ],
  [
    'trace/broken',
    'Events of one action share a trace: request and answer, letter and announcement, recovery and pause (D-43, D-52).',
    'A trace ties together what one action has caused. Where it breaks, the consequence has no cause.',
  ],
].map(([id, summary, docs]) => ({ id: id!, summary: summary!, docs: docs!, severity: 'error' }));
