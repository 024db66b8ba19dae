import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EngineError, openReadOnly, type ScenarioProgress, systemClock } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { freshDatabase, type RunDatabase } from '../database.ts';
import { belowRoot } from '../load.ts';
import { count } from '../output.ts';
import { printRun } from '../reporters/session-run.ts';
import { type Played, playScenario } from '../scenario.ts';
import { type Followed, follow } from '../session/follow.ts';
import { writeNames } from '../session/names.ts';
import { nextOn } from '../session/next.ts';
import { ENDED } from '../session/words.ts';

/** What the gate refuses. */
const CLOSED: ReadonlySet<string> = new Set(['not_admitted', 'unbound_session']);

/** Exit 1 when the run broke a rule of the spec or an expectation of the scenario; 130 when Ctrl-C stopped it. */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.args[0]!;
  const text = await readScenario(resolve(call.cwd, given), given);
  const db = await freshDatabase(call);
  const realTime = call.flags.has('real-time');
  const keep = keeper(call, db);
  const followed = follow(call.out, db.file, keep.hear, !realTime);
  const { signal, onProgress } = followed;
  let played: Played;
  try {
    played = await playScenario(
      call.root,
      {
        text,
        file: belowRoot(call, given),
        db: db.file,
        ...(call.spec !== undefined && { spec: call.spec }),
      },
      { signal, onProgress, ...(realTime && { clock: systemClock }) },
    );
  } catch (error) {
    await followed.end();
    await keep.done();
    if (signal.aborted && isStop(error, signal)) return await stopped(call, db, followed);
    if (error instanceof EngineError && CLOSED.has(error.code)) return refused(call, error);
    throw error;
  }
  await followed.end();
  await keep.done();
  return finished(call, db, given, played);
}

/** Told as soon as there is something to look into: another terminal may ask for a run that goes on. */
function keeper(
  call: Call,
  db: RunDatabase,
): { hear(progress: ScenarioProgress): void; done(): Promise<void> } {
  let kept: Promise<void> | undefined;
  let told = '';
  return {
    hear({ roots, paused }) {
      kept ??= (async () => {
        await writeNames(db.file, roots);
        await db.keep();
      })();
      kept.catch(() => {}); // told by done()
      const waits = paused.join(' ');
      if (waits !== '' && waits !== told && !call.json && !call.quiet)
        call.out.error(
          `gov: waits for ${count(paused.length, 'paused session')} (${nextOn(call, `session resume ${paused[0]}`)}; Ctrl-C ends the run)`,
        );
      if (waits !== '') told = waits;
    },
    done: () => kept ?? Promise.resolve(),
  };
}

const isStop = (error: unknown, signal: AbortSignal): boolean =>
  error === signal.reason || (error instanceof EngineError && error.code === 'aborted');

/** The engine has let go of every run and has closed the database: what is told here is what is stored. */
async function stopped(call: Call, db: RunDatabase, { last }: Followed): Promise<ExitCode> {
  if (last() === undefined) {
    call.out.error('gov: stopped before anything had begun');
    return 130;
  }
  await using log = await openReadOnly(db.file);
  const sessions = await log.sessions();
  const live = sessions.filter(({ state }) => !ENDED.has(state)).length;
  call.out.error(
    `gov: stopped · ${live} of ${count(sessions.length, 'session')} had not ended, their runs are back in the queue, nothing is half done`,
  );
  if (!call.quiet) call.out.error(`${call.out.dim('next')}   ${nextOn(call, 'session list --tree')}`);
  return 130;
}

function finished(call: Call, db: RunDatabase, given: string, { result, milliseconds }: Played): ExitCode {
  if (call.json) {
    const { title, sessions, events, violations, stats } = result;
    call.out.json({
      schema: 'govkit.session-run@1',
      title,
      db: db.file,
      sessions,
      events,
      violations,
      stats,
    });
  } else {
    call.out.line(`${call.out.bold(result.title)} · ${belowRoot(call, given)}`);
    printRun(call.out, result, milliseconds, !call.flags.has('real-time'));
    if (!call.quiet) {
      call.out.line();
      call.out.line(`${call.out.dim('next')}   ${nextOn(call, 'session list --tree')}`);
    }
  }
  return result.violations.length > 0 ? 1 : 0;
}

/** A closed gate is an answer about the tree, not a wrong call. */
function refused(call: Call, error: EngineError): ExitCode {
  if (call.json)
    call.out.json({
      schema: 'govkit.session-run@1',
      refused: { code: error.code, message: error.message },
      sessions: [],
      events: {},
      violations: [],
    });
  else call.out.error(`gov: refused: ${error.message}`);
  return 1;
}

async function readScenario(path: string, given: string): Promise<string> {
  try {
    return decode(given, await readFile(path)).text;
  } catch (error) {
    if (error instanceof NotUtf8) throw new UsageError(error.message, { cause: error });
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'no such file'
        : code === 'EISDIR'
          ? 'a folder, expected a scenario in YAML'
          : (error as Error).message;
    throw new UsageError(`${given}: ${why}`, { cause: error });
  }
}
