// Nothing was found: what was asked for may be misspelled.
import type { EventQuery } from '../../recorder/index.ts';
import { nearWords } from '../../text/index.ts';
import { visible } from '../output.ts';
import type { EventSource } from './files.ts';

const facts = { role: 'role', model_id: 'model', wp_id: 'work packet' } as const;

/** One line: that nothing answers, and which of the names no session here has. */
export async function nothingFound(log: EventSource, file: string, query: EventQuery): Promise<string> {
  const nothing = `no event of ${file} answers this query`;
  if (!(await any(log, {}))) return `no event in ${file}`;
  const sessions = await log.sessions();
  for (const field of ['role', 'model_id', 'wp_id'] as const) {
    const asked = query[field];
    if (asked === undefined || (await any(log, { [field]: asked }))) continue;
    const known = [...new Set(sessions.map((session) => session[field]))].filter((each) => each !== null);
    const near = nearWords(asked, known);
    const hint = near.length > 0 ? ` (did you mean ${near.map(visible).join(' or ')}?)` : '';
    return `${nothing}: no session has the ${facts[field]} ${visible(asked)}${hint}`;
  }
  return nothing;
}

async function any(log: EventSource, query: EventQuery): Promise<boolean> {
  for await (const _ of log.readEvents({ ...query, limit: 1 })) return true;
  return false;
}
