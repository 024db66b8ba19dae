// What a session was allowed, what it left open, and what it was told: lines of `gov session show`.
import type { ConsentRecord, OpenCall, SessionDetail } from '../../engine/index.ts';
import { count, visible } from '../output.ts';
import { type Clocked, judged } from '../session/words.ts';

type Named = (id: string) => string;

/** What a call is, and of one that was cut off whether it is made again. */
export const callLines = (calls: readonly OpenCall[], at: Clocked, cutOff = true): string[] =>
  calls.flatMap((call) => [
    `${visible(call.tool_id)}  ${call.side_effect}  begun ${at(call.begun_at)}`,
    ...(cutOff ? [`  ${judged(call)}`] : []),
  ]);

export const consentLines = (consents: readonly ConsentRecord[], at: Clocked): string[] =>
  consents.map(({ receipt, used_by_job_id, revoked_by }) => {
    const { consent_receipt_id, scope, user_id, valid_from, valid_until, revoked_at } = receipt;
    const parts = [
      visible(consent_receipt_id),
      scope,
      `by ${visible(user_id)}`,
      `from ${at(valid_from)}${valid_until === null ? '' : ` until ${at(valid_until)}`}`,
      used_by_job_id === null ? '' : 'used up',
      revoked_at === null ? '' : `revoked by ${visible(revoked_by ?? '')} ${at(revoked_at)}`,
    ];
    return parts.filter((part) => part !== '').join('  ');
  });

export function threadLines({ may_read, readers }: SessionDetail, at: Clocked, short: Named): string[] {
  const line = (what: string, permission: (typeof readers)[number]): string => {
    const { allowed_by, until, revoked_at, revoked_by } = permission;
    const ends = until === null ? '' : ` until ${at(until)}`;
    const revoked = revoked_at === null ? '' : `, revoked by ${visible(revoked_by ?? '')} ${at(revoked_at)}`;
    return `${what}, allowed by ${visible(allowed_by)}${ends}${revoked}`;
  };
  return [
    ...may_read.map((each) => line(`may read the thread of ${short(each.session_id)}`, each)),
    ...readers.map((each) => line(`is read by ${short(each.reader_session_id)}`, each)),
  ];
}

/** Announcements wake a session, notices wait until it runs: two kinds of mail. */
export function mailLines(
  { inbox }: SessionDetail,
  at: Clocked,
  short: Named,
  content: (id: string) => string[],
): string[] {
  if (inbox.length === 0) return ['nothing unread'];
  const notices = inbox.filter(({ message_type }) => message_type === 'FYI').length;
  const reports = inbox.length - notices;
  const counts = [
    reports === 0 ? '' : count(reports, 'announcement'),
    notices === 0 ? '' : count(notices, 'notice'),
  ];
  return [
    `${counts.filter((part) => part !== '').join(', ')} unread`,
    ...inbox.flatMap(({ message_type, from_session_id, created_at, attachments, body_ref }) => {
      const notice = message_type === 'FYI';
      return [
        `${notice ? 'notice' : 'announcement'} of ${short(from_session_id)}  ${at(created_at)}`,
        ...(notice ? [body_ref] : attachments).flatMap(content),
      ];
    }),
  ];
}

/** What the engine writes itself is told in lines; everything else is shown as it is kept. */
export function textOf(content: string): string {
  let kept: Partial<Record<string, unknown>>;
  try {
    kept = Object(JSON.parse(content)) as typeof kept;
  } catch {
    return content;
  }
  if (kept.schema_version === 'hsk.role_mailbox_body@0.5') return `${kept.text}`;
  if (kept.schema_version !== 'hsk.session_summary@0.1') return content;
  const list = (label: string, value: unknown): string[] =>
    (Array.isArray(value) ? value : []).map((each) => `${label} ${each}`);
  return [
    `${kept.status}`,
    ...(typeof kept.error === 'string' ? [`error ${kept.error}`] : []),
    ...list('output', kept.key_outputs),
    ...list('next', kept.next_steps),
  ].join('\n');
}
