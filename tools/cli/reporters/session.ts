// One session, as an operator reads it: who it is, why it stands where it stands, and what comes next.
import type { JobDetail, SessionDetail, SessionSummary } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { quoted } from '../next.ts';
import { columns, count, fold, pad, visible } from '../output.ts';
import { nextOn } from '../session/next.ts';
import type { Opened } from '../session/open.ts';
import {
  type Clocked,
  clocked,
  dollars,
  ENDED,
  shortArtifact,
  timesOf,
  tokens,
  why,
} from '../session/words.ts';
import { callLines, consentLines, mailLines, textOf, threadLines } from './session-allowed.ts';

const LABEL = 11;
/** Of runs and spans the last ones are told; `--json` has all. */
const LAST = 8;

/** What artifacts hold, redacted; null for one that is gone. */
type Contents = Readonly<Record<string, string | null>>;

export function printSession(
  call: Call,
  { handles, sessions }: Opened,
  detail: SessionDetail,
  contents: Contents | null,
): void {
  const { out } = call;
  const { session, parent, children, caps, queue } = detail;
  const at = clocked([...[session, ...children].flatMap(timesOf), ...timesIn(detail)]);
  const short = (id: string): string => visible(handles.labelOf(id));
  const field = (label: string, ...texts: string[]): void => printField(call, label, texts);
  const living = children.filter(({ state }) => !ENDED.has(state)).length;
  const content = (id: string): string[] =>
    contents === null
      ? []
      : textOf(contents[id] ?? 'the artifact is gone')
          .trimEnd()
          .split('\n')
          .map((line) => `  ${visible(line)}`);

  const told = why(session, living, at);
  out.line(
    [out.bold(short(session.session_id)), visible(session.role), session.state]
      .filter((part) => part !== '')
      .join('  '),
  );
  if (told !== '') field('', told);
  out.line();
  field('id', session.session_id);
  field('parent', parent ? line(parent, short) : 'none: it is the root of its tree');
  field('children', ...(children.length === 0 ? ['none'] : children.map((child) => line(child, short))));
  field('created', `${session.created_at}${session.wp_id === null ? '' : `  ${session.wp_id}`}`);
  field('model', `${visible(session.model_id)}  ${session.backend}  lane ${session.lane}`);
  field('mode', modeText(detail));
  field(
    'grants',
    session.capability_grants.length === 0 ? 'none' : session.capability_grants.map(visible).join(', '),
  );
  field(
    'caps',
    `depth ${caps.depth.used} of ${caps.depth.most} · active children ${caps.children.used} of ${caps.children.most} · ${count(caps.descendants_of_root, 'descendant')} in its tree so far`,
  );
  field('used', usedText(detail));
  if (session.task_payload_artifact_id !== null)
    field(
      'task',
      shortArtifact(session.task_payload_artifact_id),
      ...content(session.task_payload_artifact_id),
    );
  if (detail.consents.length > 0) field('consent', ...consentLines(detail.consents, at));
  field('runs', ...runLines(detail.jobs, at));
  if (queue) field('queued', ...queueLines(queue, short));
  const calls = callLines(detail.pending_tool_calls, at, session.state !== 'ACTIVE');
  if (calls.length > 0) field(session.state === 'ACTIVE' ? 'tools' : 'cut off', ...calls);
  if (detail.crash_resumes.length > 0)
    field('crashes', `resumed after one at ${detail.crash_resumes.map(at).join(' and ')}`);
  field('thread', threadText(detail), ...messageLines(detail, content));
  const readers = threadLines(detail, at, short);
  if (readers.length > 0) field('', ...readers);
  field('mail', ...mailLines(detail, at, short, content));
  if (detail.announcements.length > 0)
    field(
      'announced',
      ...detail.announcements.flatMap(({ created_at, attachments }) => [
        [at(created_at), ...attachments.map((id) => `summary ${shortArtifact(id)}`)].join('  '),
        ...attachments.flatMap(content),
      ]),
    );
  field(
    'checkpoint',
    session.checkpoint_artifact_id === null
      ? 'none'
      : [
          session.last_checkpoint_at === null ? '' : at(session.last_checkpoint_at),
          shortArtifact(session.checkpoint_artifact_id),
        ]
          .filter((part) => part !== '')
          .join('  '),
  );
  field('spans', ...spanLines(detail, at));
  const next = nextWords(session, sessions, quoted(handles.typedOf(session.session_id)));
  if (!call.quiet) {
    out.line();
    out.line(`${out.dim('next')}   ${nextOn(call, next)}`);
  }
}

/** Of everything that is told of one session alone. */
const timesIn = (detail: SessionDetail): string[] =>
  [
    detail.session.last_checkpoint_at,
    ...detail.jobs.flatMap(({ started_at, retry_at }) => [started_at, retry_at]),
    ...detail.pending_tool_calls.map(({ begun_at }) => begun_at),
    ...detail.crash_resumes,
    ...detail.consents.flatMap(({ receipt }) => [
      receipt.valid_from,
      receipt.valid_until,
      receipt.revoked_at,
    ]),
    ...[...detail.may_read, ...detail.readers].flatMap(({ until, revoked_at }) => [until, revoked_at]),
    ...detail.inbox.map(({ created_at }) => created_at),
    ...detail.spans.flatMap(({ start_time, end_time }) => [start_time, end_time]),
  ].filter((time) => time !== null);

/** A label, and lines beside it; a line that begins with blanks is a part of the one above. */
function printField({ out }: Call, label: string, texts: readonly string[]): void {
  const room = out.limit - LABEL;
  let head = out.dim(pad(label, LABEL));
  for (const text of texts) {
    const indent = /^ */.exec(text)![0];
    const lines = columns(text) <= room ? [text.trim()] : fold(text.trim(), room - indent.length - 2);
    for (const [i, part] of lines.entries()) {
      out.line(`${head}${indent}${i === 0 ? '' : '  '}${part}`);
      head = ' '.repeat(LABEL);
    }
  }
}

const line = (session: SessionSummary, short: (id: string) => string): string =>
  `${short(session.session_id)}  ${visible(session.role)}  ${session.state}`;

function modeText({ session }: SessionDetail): string {
  const announces =
    session.parent_session_id === null
      ? ''
      : session.announce_back
        ? ', announces back'
        : ', announces nothing';
  return `${session.spawn_mode}${announces}, memory ${session.memory_policy}${session.closing ? ', closes when its work is done' : ''}`;
}

function usedText({ session, packet }: SessionDetail): string {
  const window =
    session.context_window_max === null
      ? ''
      : ` · context ${session.context_window_used ?? 0} of ${session.context_window_max}`;
  const all = packet ? ` · all of ${packet.wp_id} ${spent(packet)}` : '';
  return `${spent(session)}${window}${all}`;
}

const spent = ({
  total_tokens,
  total_cost_usd,
}: {
  total_tokens: number;
  total_cost_usd: number | null;
}): string => [tokens(total_tokens), dollars(total_cost_usd)].filter((part) => part !== '').join(', ');

function runLines(jobs: readonly JobDetail[], at: Clocked): string[] {
  if (jobs.length === 0) return ['none'];
  const told = jobs.slice(-LAST).map((job) => {
    const parts = [
      `${job.job_seq}  ${job.state}`,
      job.attempt > 0 || job.error !== null ? `failed ${job.attempt} of ${job.max_retries + 1} times` : '',
      job.retry_at === null ? '' : `again at ${at(job.retry_at)}`,
      job.held ? 'held back' : '',
      job.awaiting_tool_call_id === null || job.state !== 'awaiting_user'
        ? ''
        : `tool call ${visible(job.awaiting_tool_call_id)}`,
      job.approved_by === null ? '' : `approved by ${visible(job.approved_by)}`,
      job.started_at === null ? '' : at(job.started_at),
      job.tokens > 0 ? tokens(job.tokens) : '',
      dollars(job.cost_usd),
      job.error === null ? '' : `"${visible(job.error)}"`,
    ];
    return parts.filter((part) => part !== '').join('  ');
  });
  return [...(jobs.length > LAST ? [`${jobs.length}, the last ${LAST}`] : []), ...told];
}

function queueLines(
  { lane, provider, model_id, ahead, running, denied_until }: NonNullable<SessionDetail['queue']>,
  short: (id: string) => string,
): string[] {
  const names = (jobs: readonly { session_id: string }[]): string =>
    jobs.length === 0
      ? 'none'
      : jobs
          .slice(0, LAST)
          .map(({ session_id }) => short(session_id))
          .join(', ') + (jobs.length > LAST ? ` and ${jobs.length - LAST} more` : '');
  return [
    `in lane ${lane} for ${visible(model_id)} at ${visible(provider)} · ${ahead.length} ahead: ${names(ahead)}`,
    `permits are held by ${running.length}: ${names(running)}`,
    ...(denied_until === null
      ? []
      : [`the rate limit of ${visible(provider)} lets nothing through until ${denied_until}`]),
  ];
}

function threadText({ messages, messages_total: total }: SessionDetail): string {
  if (total === 0) return 'no message';
  return messages.length < total
    ? `${count(total, 'message')}, the last ${messages.length}`
    : count(total, 'message');
}

function messageLines({ messages }: SessionDetail, content: (id: string) => string[]): string[] {
  return messages.flatMap((message) => [
    [
      pad(message.role, 11),
      message.token_count === null ? '' : tokens(message.token_count),
      shortArtifact(`sha256:${message.content_hash}`),
      message.provenance
        ? `from ${visible(message.provenance.source_role ?? 'outside')}, ${message.provenance.trusted ? 'trusted' : 'not trusted'}`
        : '',
    ]
      .filter((part) => part !== '')
      .join('  '),
    ...content(message.content_artifact_id),
  ]);
}

function spanLines({ spans }: SessionDetail, at: Clocked): string[] {
  const open = spans.filter(({ end_time }) => end_time === null).length;
  return [
    `${spans.length}, ${open} open${spans.length > LAST ? `, the last ${LAST}` : ''}`,
    ...spans
      .slice(-LAST)
      .map(({ kind, start_time, end_time, status }) =>
        [pad(kind, 13), at(start_time), end_time === null ? 'open' : `to ${at(end_time)}`, status ?? '']
          .filter((part) => part !== '')
          .join('  '),
      ),
  ];
}

/** What an operator does about it, if there is anything. */
function nextWords(
  { session_id, state, awaits_approval }: SessionSummary,
  sessions: readonly SessionSummary[],
  typed: string,
): string {
  if (state === 'PAUSED') return `session resume ${typed}`;
  if (awaits_approval !== null) return `session approve ${typed} ${awaits_approval.tool_call_id}`;
  const parent = sessions.some(({ parent_session_id }) => parent_session_id === session_id);
  return parent ? `session list --tree --under ${typed}` : `recorder query --session ${session_id}`;
}
