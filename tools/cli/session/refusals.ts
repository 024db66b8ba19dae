// Why a contract says no, in one line each, and what to look at next.
import { EngineError, rejectionCodes } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { quoted } from '../next.ts';
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
  next: string,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof EngineError) || !CONTRACT.has(error.code)) throw error;
    return refuse(call, schema, {
      code: error.code,
      message: `${error.message.replace(OPTION_OF_LIBRARY, '')}${MEANING[error.code] ?? ''}`,
      next: error.code === 'approval_required' ? approval(call) : next,
    });
  }
}

/** The library says what its caller does next; so does the command, by its own name. */
const OPTION_OF_LIBRARY = / \(resume with approved_by\)$/;

const approval = ({ args }: Call): string => `session resume ${quoted(args[0]!)} --approved-by NAME`;

const MEANING: Readonly<Record<string, string>> = {
  session_terminal: '; what has ended stays as it is',
  approval_required: '; somebody has to say that it may run once more',
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
