import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openLogFiles, type SessionLog } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Call } from '../command.ts';
import { quoted } from '../next.ts';
import { visible } from '../output.ts';
import { isDatabase } from './source.ts';

/** What events are asked of: a database, or files. */
export type EventSource = Pick<SessionLog, 'readEvents' | 'gaps' | 'sessions' | 'spans'> & AsyncDisposable;

/** The files of a call. What only a database has is refused beside them. */
export async function openFiles(call: Call): Promise<{ log: EventSource; file: string }> {
  const [option] = ['db', 'archived'].filter((name) => call.flags.has(name) || call.values[name]);
  if (option !== undefined)
    throw new UsageError(`--${option}: expected no FILE beside it, found ${visible(call.args[0]!)}`);
  const files = call.args.map((given) => {
    const file = resolve(call.cwd, given);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      throw new UsageError(`${visible(given)}: no such file`);
    return file;
  });
  for (const [at, file] of files.entries())
    if (await isDatabase(file)) {
      const given = visible(quoted(call.args[at]!));
      throw new UsageError(`${given}: a session database (gov recorder query --db ${given})`);
    }
  const log = await openLogFiles(files);
  return {
    file: call.args.map(visible).join(', '),
    log: {
      ...log,
      sessions: async () => [],
      spans: async function* () {},
      [Symbol.asyncDispose]: async () => {},
    },
  };
}
