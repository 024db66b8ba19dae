import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EngineError } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { freshDatabase } from '../database.ts';
import { belowRoot, value } from '../load.ts';
import { printRun } from '../reporters/session-run.ts';
import { type Played, playScenario } from '../scenario.ts';

/** What the gate refuses. */
const CLOSED: ReadonlySet<string> = new Set(['not_admitted', 'unbound_session']);

/** Exit 1 when the run broke a rule of the spec or an expectation of the scenario. */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.args[0]!;
  const text = await readScenario(resolve(call.cwd, given), given);
  const db = await freshDatabase(call);
  const { result, milliseconds } = await play(call, {
    text,
    file: belowRoot(call, given),
    db: db.file,
    ...(call.spec !== undefined && { spec: call.spec }),
  });
  if (result === undefined) return 1;
  await db.keep();
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
    printRun(call.out, result, milliseconds);
    if (!call.quiet) {
      call.out.line();
      const named = value(call, 'db');
      call.out.line(
        `${call.out.dim('next')}   gov session list --tree${named === undefined ? '' : ` --db ${named}`}`,
      );
    }
  }
  return result.violations.length > 0 ? 1 : 0;
}

/** A closed gate is an answer about the tree, not a wrong call. */
async function play(
  call: Call,
  scenario: Parameters<typeof playScenario>[1],
): Promise<Partial<Played> & { milliseconds: number }> {
  try {
    return await playScenario(call.root, scenario);
  } catch (error) {
    if (!(error instanceof EngineError) || !CLOSED.has(error.code)) throw error;
    if (call.json)
      call.out.json({
        schema: 'govkit.session-run@1',
        refused: { code: error.code, message: error.message },
        sessions: [],
        events: {},
        violations: [],
      });
    else call.out.error(`gov: refused: ${error.message}`);
    return { milliseconds: 0 };
  }
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
