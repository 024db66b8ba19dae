import { isTerminal, type LogState, type Rules } from './state.ts';

/** Calls to the cloud against the receipts that the log names for them (4.3.9.14, D-51). */
export function consentRules({ sessions, report }: LogState): Rules {
  const revoked = new Set<string>();
  return {
    after(event) {
      const receipt = event.policy_decision_id;
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-SCHED-002': {
          const { session_id, job_id } = event.payload;
          if (!sessions.get(session_id)?.work?.cloud) return;
          if (receipt === undefined) {
            report(
              'consent/missing',
              `cloud run ${job_id} of session ${session_id} names no consent receipt`,
            );
          } else if (revoked.has(receipt)) {
            report(
              'consent/revoked',
              `cloud run ${job_id} starts under receipt ${receipt}, which was revoked`,
            );
          }
          return;
        }
        case 'FR-EVT-SESS-SCHED-004':
          if (receipt !== undefined) revoked.add(receipt);
          return;
        case 'FR-EVT-SESS-002': {
          const { session_id, to_state, reason } = event.payload;
          const lacks = to_state === 'BLOCKED' && reason === 'consent' && sessions.has(session_id);
          if (receipt !== undefined && lacks && !revoked.has(receipt)) {
            report(
              'consent/untold',
              `session ${session_id} is BLOCKED since receipt ${receipt} was revoked, and no job of it was cancelled`,
            );
          }
          if (receipt !== undefined && revoked.has(receipt) && isTerminal(to_state)) {
            report(
              'consent/not-blocked',
              `session ${session_id} is ${to_state} after receipt ${receipt} was revoked`,
            );
          }
          return;
        }
        default:
      }
    },
  };
}
