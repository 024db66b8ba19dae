import { redactText } from '../../text/index.ts';
import type { Draft } from '../draft.ts';
import { type Boundary, stale } from '../schedule/boundary.ts';
import { currentRun, type RunKey } from '../schedule/current-run.ts';
import { listener, tell, urgency } from './notice.ts';

export interface Progress extends RunKey {
  text: string;
  /** Which call of the job this is: how often the job was continued, and which call since. */
  part: number;
  count: number;
}

/** Whether the requester will read it. What is not told is dropped, never kept for later. */
export type ProgressAnswer =
  | { told: true }
  | {
      told: false;
      /**
       * no_requester: nobody waits for an announcement of this session. requester_terminal: it has ended. repeated:
       * an earlier attempt of the job has told as much. unread: an earlier notice waits to be read.
       */
      reason: 'no_requester' | 'requester_terminal' | 'repeated' | 'unread';
    };

/** What a runner says of its progress (D-30). */
export function progress(draft: Draft, said: Progress): Boundary & { answer: ProgressAnswer } {
  const run = currentRun(draft, said);
  if (!run) return { ...stale, answer: { told: false, reason: 'no_requester' } };
  const { session, envelope } = run;
  const boundary = { fenced: false, pause: session.pause_requested !== null };
  const refused = (reason: (ProgressAnswer & { told: false })['reason']) => ({
    ...boundary,
    answer: { told: false as const, reason },
  });
  const requester = listener(draft, session);
  if (!requester) return refused('no_requester');
  if (requester.terminal) return refused('requester_terminal');
  const { told_part, told_count } = run.job;
  const repeated = said.part < told_part || (said.part === told_part && said.count <= told_count);
  if (repeated) return refused('repeated');
  const text = redactText(said.text);
  const notice = { urgency: urgency.progress, headline: 'progress', said: text, envelope };
  if (!tell(draft, session, notice)) return refused('unread');
  const job = draft.edit('job', said.job_id)!;
  job.told_part = said.part;
  job.told_count = said.count;
  return { ...boundary, answer: { told: true } };
}
