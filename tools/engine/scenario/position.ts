import { v5 } from 'uuid';
import type { SessionMessage } from '../../generated/index.ts';
import { identity } from '../../kernel/index.ts';
import { artifactId } from '../store/artifacts.ts';
import { kindOf, type Step, type StepOf } from './steps.ts';

/** Where a session is in its script. A step is behind it when it is done, so that one that was cut off is done again. */
export interface Position {
  script: string;
  /** The step that comes next. */
  at: number;
  /** Pieces of it that are said. */
  part: number;
  /** Tries of it that failed or hung. */
  tries: number;
  /** It was asked for, and an operator has to approve it. */
  asked: boolean;
  /** Messages that the script has heard. */
  heard: number;
  /** The last run ended a turn: the next one has heard whatever woke it. */
  turned: boolean;
  /** Children that report, by the name of their spawn. */
  announcing: Map<string, string>;
}

export const begin = (script: string): Position => ({
  script,
  at: 0,
  part: 0,
  tries: 0,
  asked: false,
  heard: 0,
  turned: false,
  announcing: new Map(),
});

export function next(position: Position): void {
  position.at += 1;
  position.part = 0;
  position.tries = 0;
  position.asked = false;
}

/** A tool call keeps its name however often the job begins: each step of a script is done once. */
export const callId = (session_id: string, at: number): string => v5(`step:${at}`, session_id);

/**
 * The messages of a thread that somebody sent. What children report, and notices of how they are, lie in it too: those
 * are named by the child they come from, and what was sent by its place in the thread.
 */
export const inputsOf = (messages: readonly SessionMessage[]): SessionMessage[] =>
  messages.filter(
    ({ role, message_id, session_id }, index) =>
      role === 'USER' && message_id === identity.message(session_id, index + 1),
  );

export const piecesOf = ({ text, chunks }: StepOf<'say'>): readonly string[] => chunks ?? [text ?? ''];

/**
 * After a crash nobody remembers the position, but the thread proves how far the script has come: behind the last
 * piece it holds, or the last tool result. What leaves no mark there (usage, sleeps, spawns, failures) is done again
 * from that point on; a spawn is the same request and gets the same answer. A turn is over when a message came
 * after that mark.
 */
export function retrace(
  steps: readonly Step[],
  session_id: string,
  messages: readonly SessionMessage[],
): Pick<Position, 'at' | 'part' | 'heard'> {
  const marks = messages.filter(({ role }) => role === 'ASSISTANT' || role === 'TOOL_RESULT');
  let proven = { at: 0, part: 0 };
  let count = 0;
  let unwritten = '';
  for (const [at, step] of steps.entries()) {
    if (kindOf(step) === 'tool') {
      if (marks[count]?.tool_call_id !== callId(session_id, at)) continue;
      count += 1;
      proven = { at: at + 1, part: 0 };
    }
    if (!('say' in step)) continue;
    const pieces = piecesOf(step.say);
    for (const [index, piece] of pieces.entries()) {
      unwritten += piece;
      const mark = marks[count];
      if (mark?.role !== 'ASSISTANT' || mark.content_artifact_id !== artifactId(unwritten)) continue;
      count += 1;
      unwritten = '';
      proven = index + 1 < pieces.length ? { at, part: index + 1 } : { at: at + 1, part: 0 };
    }
  }
  const last = count === 0 ? -1 : messages.indexOf(marks[count - 1]!);
  const heard = inputsOf(messages.slice(0, last + 1)).length;
  const later = inputsOf(messages).length;
  const ended = later > heard ? endOfTurn(steps, proven.at) : null;
  return ended === null ? { ...proven, heard } : { at: ended + 1, part: 0, heard: later };
}

/** The step that ends a turn, if only steps without a mark stand before it. */
function endOfTurn(steps: readonly Step[], from: number): number | null {
  for (let at = from; at < steps.length; at += 1) {
    const kind = kindOf(steps[at]!);
    if (kind === 'turn' || kind === 'complete') return at;
    if (kind === 'say' || kind === 'tool' || kind === 'wait') return null;
  }
  return null;
}
