// Which receipt a call to the cloud may be made under, by what was issued, revoked and used up (INV-CONSENT-001, D-62).
import type { ConsentReceipt } from '../../tools/generated/index.ts';
import type { CommandInput, JobRow, SessionRow } from '../../tools/kernel/index.ts';

interface Issued {
  receipt: ConsentReceipt;
  /** The packet of its plan. */
  wp_id: string | null;
  revoked: boolean;
  /** The job that a receipt for one call has served. */
  used_by: string | null;
}

type Subject = Pick<SessionRow, 'session_id' | 'wp_id'>;

export class Consents {
  readonly #issued = new Map<string, Issued>();
  readonly #packets = new Map<string, string | null>();

  issued({ receipt, plan }: CommandInput<'consent'>): void {
    if (plan) this.#packets.set(plan.projection_plan_id, plan.wp_id);
    if (this.#issued.has(receipt.consent_receipt_id)) return;
    const wp_id = this.#packets.get(receipt.projection_plan_id) ?? null;
    this.#issued.set(receipt.consent_receipt_id, { receipt, wp_id, revoked: false, used_by: null });
  }

  revoked(consent_receipt_id: string): void {
    const known = this.#issued.get(consent_receipt_id);
    if (known) known.revoked = true;
  }

  /** A call to the cloud begins: its receipt is known, covers the session, is good now, and serves for this job. */
  called(session: Subject, job: Pick<JobRow, 'job_id' | 'consent_receipt_id'>, now: number): string[] {
    const id = job.consent_receipt_id;
    const known = id === null ? undefined : this.#issued.get(id);
    const name = `the call of ${job.job_id} to the cloud`;
    if (!known) return [`consent: ${name} is made without a receipt`];
    const { receipt, wp_id, revoked, used_by } = known;
    const found: string[] = [];
    if (revoked) found.push(`consent: ${name} is made under ${id}, which is revoked`);
    if (now < Date.parse(receipt.valid_from) || now > Date.parse(receipt.valid_until ?? '9999-01-01'))
      found.push(`consent: ${name} is made under ${id}, whose time it is not`);
    const covers =
      receipt.scope === 'WP_SCOPED'
        ? session.wp_id !== null && session.wp_id === wp_id
        : receipt.session_ids.includes(session.session_id);
    if (!covers) found.push(`consent: ${name} is made under ${id}, which is for others`);
    if (receipt.scope !== 'SINGLE_CALL') return found;
    if (used_by !== null && used_by !== job.job_id)
      found.push(`consent: ${name} is made under ${id}, which ${used_by} has used up`);
    known.used_by = job.job_id;
    return found;
  }

  /** No call goes on under a receipt that was revoked (INV-CONSENT-003). */
  isRevoked(id: string | null): boolean {
    return id !== null && this.#issued.get(id)?.revoked === true;
  }
}
