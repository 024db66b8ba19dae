// Why a contract says no, in one line each, and what to look at next.
import { EngineError, rejectionCodes } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { visible } from '../output.ts';
import { nextOn } from './next.ts';

export interface Refusal {
  /** A member of a closed list: of the spawn contract, or of the engine. */
  code: string;
  message: string;
  /** Words of the command that shows more. */
  next?: string;
}

const CONTRACT: ReadonlySet<string> = new Set(rejectionCodes);

/** A refusal is an answer, exit 1; every other failure is thrown on. */
export async function answered(
  call: Call,
  schema: string,
  session_id: string,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof EngineError) || !CONTRACT.has(error.code)) throw error;
    return refuse(call, schema, {
      code: error.code,
      message: `${error.message}${MEANING[error.code] ?? ''}`,
      next: `session show ${session_id}`,
    });
  }
}

const MEANING: Readonly<Record<string, string>> = {
  session_terminal: '; what has ended stays as it is',
  not_paused: '; only a paused session can be resumed',
};

export function refuse(call: Call, schema: string, { code, message, next }: Refusal): ExitCode {
  if (call.json) {
    call.out.json({
      schema,
      refused: { code, message, ...(next !== undefined && { next: nextOn(call, next) }) },
    });
    return 1;
  }
  call.out.error(`gov: refused: ${code} · ${visible(message)}`);
  if (next !== undefined && !call.quiet) call.out.error(`${call.out.dim('next')}   ${nextOn(call, next)}`);
  return 1;
}
