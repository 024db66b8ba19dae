// What recovery found: paused orphans, runs that it left alone, and what waits for somebody.
import type { Interrupted, OpenCall, RunningIn } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { quoted } from '../next.ts';
import { count, visible } from '../output.ts';
import type { Opened } from '../session/open.ts';
import { clocked, shortArtifact } from '../session/words.ts';
import { callLines } from './session-allowed.ts';
import { printFolded, printNext } from './session-answers.ts';

interface Recovered {
  recovered: readonly {
    session_id: string;
    last_seen_at: string;
    checkpoint_artifact_id: string | null;
    last_checkpoint_at: string | null;
    checkpoint_readable: boolean;
    pending_tool_calls: readonly OpenCall[];
  }[];
  pending: readonly Interrupted[];
  living: readonly RunningIn[];
  unknown: readonly RunningIn[];
}

export function printRecovery(
  call: Call,
  { sessions, handles }: Opened,
  { recovered, pending, living, unknown }: Recovered,
): void {
  const at = clocked([
    ...recovered.flatMap((each) => [each.last_seen_at, each.last_checkpoint_at ?? each.last_seen_at]),
    ...pending.flatMap((each) => each.pending_tool_calls.map(({ begun_at }) => begun_at)),
  ]);
  const named = (id: string): string => {
    const role = sessions.find(({ session_id }) => session_id === id)?.role ?? '';
    return [handles.labelOf(id), role].map(visible).join('  ');
  };
  printFolded(
    call,
    recovered.length > 0
      ? `${count(recovered.length, 'orphan')}: paused, ${recovered.length === 1 ? 'its run keeps its place' : 'the runs keep their places'}`
      : unknown.length > 0
        ? 'no orphan among the processes of this machine'
        : 'no orphan: every run belongs to a process that lives',
    '  ',
  );
  for (const { session_id, last_seen_at, ...saved } of recovered)
    printFolded(
      call,
      `  ${named(session_id)}  PAUSED  last seen ${at(last_seen_at)}, ${savedText(saved, at)}`,
      '    ',
    );
  for (const { pid, runs } of living)
    printFolded(call, `${count(runs, 'run')} of process ${pid}, which lives: left alone`, '  ');
  for (const { boot_id, host, pid, runs } of unknown) {
    const machine = visible(host.split(' ')[0]!);
    printFolded(
      call,
      `${count(runs, 'run')} of process ${pid} on ${machine}: left alone, nobody here can tell whether it lives; if it is surely gone: --presume-dead ${boot_id}`,
      '  ',
    );
  }
  const [first] = pending;
  if (first === undefined) return;
  call.out.line(`${count(pending.length, 'session')} to be resumed or cancelled`);
  for (const { session_id, job_ids, pending_tool_calls: open } of pending) {
    const calls = open.length > 0 ? `, ${count(open.length, 'tool call')} cut off with it` : '';
    printFolded(call, `  ${named(session_id)}  ${count(job_ids.length, 'run')} cut off${calls}`, '    ');
    for (const text of callLines(open, at)) printFolded(call, `    ${text}`, '      ');
  }
  printNext(call, `session resume ${quoted(handles.typedOf(first.session_id))}`);
}

/** A checkpoint whose artifact is gone or damaged saves nothing, and the thread remains. */
function savedText(
  saved: Pick<
    Recovered['recovered'][number],
    'checkpoint_artifact_id' | 'last_checkpoint_at' | 'checkpoint_readable'
  >,
  at: (time: string) => string,
): string {
  const { checkpoint_artifact_id: id, last_checkpoint_at: time, checkpoint_readable } = saved;
  if (id === null) return 'no checkpoint';
  const said = `checkpoint${time === null ? '' : ` of ${at(time)}`} ${shortArtifact(id)}`;
  return checkpoint_readable ? said : `${said} is gone or damaged, its thread remains`;
}
