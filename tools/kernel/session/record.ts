import { ModelSession } from '../../generated/index.ts';
import type { SessionRow } from '../rows.ts';

const fields = Object.keys(ModelSession.shape) as (keyof ModelSession)[];

/** The spec's record of a session, without what the engine keeps beside it. */
export function sessionRecord(row: SessionRow): ModelSession {
  return Object.fromEntries(fields.map((field) => [field, row[field]])) as unknown as ModelSession;
}
