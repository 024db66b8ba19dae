// One session database as a command looks at it, or acts on it.
import {
  type Engine,
  EngineError,
  openEngine,
  openReadOnly,
  type SessionSummary,
} from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Governance } from '../admission.ts';
import type { Call } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { visible } from '../output.ts';
import { type Handles, handlesOf } from './handles.ts';
import { readNames } from './names.ts';

/** More candidates than these make no clear line. */
const CANDIDATES = 5;

export interface Opened {
  db: string;
  sessions: readonly SessionSummary[];
  handles: Handles;
}

export async function openSessions(call: Call): Promise<Opened> {
  const db = await existingDatabase(call);
  const roots = await readNames(db);
  await using log = await openReadOnly(db);
  const sessions = await log.sessions();
  return { db, sessions, handles: handlesOf(sessions, roots) };
}

/** The one session that a text means: an id, how it begins, or a name. */
export function sessionNamed({ db, sessions, handles }: Opened, text: string): SessionSummary {
  const [id, ...more] = handles.find(text);
  const said = `"${visible(text)}"`;
  if (id === undefined)
    throw new UsageError(
      `${said} is no session in ${db} (expected an id, its beginning, or a name; gov session list)`,
    );
  if (more.length > 0) {
    const candidates = [id, ...more].map((candidate) => {
      const { role, state } = sessions.find(({ session_id }) => session_id === candidate)!;
      return `${handles.shortOf(candidate)} (${visible(role)}, ${state})`;
    });
    const rest = candidates.length > CANDIDATES ? ` and ${candidates.length - CANDIDATES} more` : '';
    throw new UsageError(
      `${said} is ${candidates.length} sessions: ${candidates.slice(0, CANDIDATES).join(', ')}${rest}`,
    );
  }
  return sessions.find(({ session_id }) => session_id === id)!;
}

/**
 * Acts on a database. Nothing is run here: what becomes runnable is run by the process that runs the engine on that
 * file.
 */
export async function onEngine<Result>(
  db: string,
  governance: Governance,
  act: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  await using engine = await openEngine({
    ...governance,
    store: `sqlite:${db}`,
    runner: { run: () => Promise.reject(new EngineError('unsupported', 'this process runs no session')) },
  });
  return await act(engine);
}
