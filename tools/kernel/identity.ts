import { uuid5 } from '../text/index.ts';
import { Refused } from './decision.ts';

// Nearly every text holds no surrogate at all, which the first look sees without decoding it.
export const isWhole = (text: string): boolean =>
  !/[\ud800-\udfff]/.test(text) || !/\p{Surrogate}/u.test(text);

/** Half a surrogate pair has no UTF-8, so no name can be made of it and no store would give it back. */
export function wellFormedName(text: string): string {
  if (isWhole(text)) return text;
  throw new Refused('invalid_request', `${JSON.stringify(text)} holds half a surrogate pair`);
}

const v5 = (name: string, namespace: string): string => uuid5(wellFormedName(name), namespace);

/** Names that follow from what they stand for (engine law: no id is minted twice for one thing). */
export const identity = {
  child: (requester: string, requestId: string) => v5(requestId, requester),
  job: (session: string, seq: number) => v5(`job:${seq}`, session),
  wakeJob: (session: string, epoch: number) => v5(`wake:${epoch}`, session),
  /** D-29 says this one literally. */
  announcement: (child: string, seq: number) => v5(String(seq), child),
  announceKey: (child: string, seq: number) => `announce:v1:${child}:${seq}`,
  notice: (child: string, seq: number) => v5(`notice:${seq}`, child),
  noticeKey: (child: string, seq: number) => `notice:v1:${child}:${seq}`,
  /** What a run sends keeps its name when the job is retried, and goes out once. */
  sent: (sender: string, name: string) => v5(`send:${name}`, sender),
  cancel: (root: string, seq: number) => v5(`cancel:${seq}`, root),
  message: (session: string, seq: number) => v5(`message:${seq}`, session),
  sessionSpan: (session: string) => v5(`mss:${session}`, session),
  jobSpan: (job: string) => v5('span', job),
  attemptSpan: (job: string, epoch: number) => v5(`attempt:${epoch}`, job),
  checkpoint: (session: string, seq: number) => v5(`checkpoint:${seq}`, session),
  toolSpan: (attemptSpan: string, toolCall: string) => v5(`tool:${toolCall}`, attemptSpan),
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The jobs that a session has had, ended ones included: each has the name that its number gives it. */
export const jobIdsOf = ({ session_id, job_seq, wake_epoch }: JobCounters): string[] => [
  ...Array.from({ length: job_seq }, (_, at) => identity.job(session_id, at + 1)),
  ...Array.from({ length: wake_epoch }, (_, at) => identity.wakeJob(session_id, at + 1)),
];

interface JobCounters {
  session_id: string;
  job_seq: number;
  wake_epoch: number;
}

/** Lower case only: two spellings of one id would be two keys. */
export const isUuid = (text: unknown): text is string => typeof text === 'string' && uuid.test(text);

const artifact = /^sha256:[0-9a-f]{64}$/;

/** The form that every artifact store gives its ids: they name the content, so none can be made up. */
export const isArtifactId = (text: string): boolean => artifact.test(text);
