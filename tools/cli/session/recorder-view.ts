// What `gov recorder query --view` shows instead of events.
import { openReadOnly, type ViewName, type ViewQuery } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { positive, value } from '../load.ts';
import { repeated } from '../next.ts';
import { visible } from '../output.ts';
import { printCost } from '../reporters/recorder-cost.ts';
import { printTimeline } from '../reporters/recorder-timeline.ts';
import { printTreeView } from '../reporters/recorder-tree.ts';
import { timesOf } from '../time.ts';
import { nextOn } from './next.ts';
import { type Opened, openSessions, sessionNamed } from './open.ts';

const VIEWS = ['events', 'tree', 'timeline', 'cost'];

/** The view that a call asks for; null for the events themselves. */
export function viewOfCall(call: Call): ViewName | null {
  const name = value(call, 'view') ?? 'events';
  if (!VIEWS.includes(name))
    throw new UsageError(`--view ${visible(name)}: expected one of ${VIEWS.join(', ')}`);
  if (name === 'events') return null;
  if (call.args.length > 0)
    throw new UsageError(`--view ${name} is of a session database (expected no FILE beside it)`);
  return name as ViewName;
}

/** Of one database, as a person reads it, or as one JSON document of `govkit.recorder-tree@1` and its like. */
export async function showView(call: Call, name: ViewName): Promise<ExitCode> {
  const opened = await openSessions(call);
  const query = queryOf(call, opened, name);
  await using log = await openReadOnly(opened.db);
  if (call.json) {
    const names = Object.fromEntries(
      opened.sessions.flatMap(({ session_id }) => {
        const known = opened.handles.nameOf(session_id);
        return known === null ? [] : [[session_id, known]];
      }),
    );
    const view = await log.view(name, query);
    call.out.json({ schema: `govkit.recorder-${name}@1`, db: opened.db, names, ...view });
    return 0;
  }
  const { out } = call;
  switch (name) {
    case 'tree': {
      const view = await log.view('tree', query);
      if (isEmpty(call, opened, view.trees)) return 0;
      printTreeView(out, view, opened.handles);
      return closing(call, view.next);
    }
    case 'timeline': {
      const view = await log.view('timeline', query);
      if (isEmpty(call, opened, view.lanes)) return 0;
      printTimeline(out, view, opened.handles);
      return closing(call, view.next);
    }
    case 'cost': {
      const view = await log.view('cost', query);
      if (!isEmpty(call, opened, view.sessions)) printCost(out, view, opened.handles);
      return 0;
    }
  }
}

/** What says where to look narrows nothing. */
const WHERE = ['root', 'spec', 'db', 'view'];
const NARROWING = ['session', 'tree', 'role', 'model', 'wp', 'from', 'to'];
const PAGING = ['limit', 'after-tree'];

function queryOf(call: Call, opened: Opened, name: ViewName): ViewQuery {
  const known = name === 'cost' ? NARROWING : [...NARROWING, ...PAGING];
  const other = Object.keys(call.values).find(
    (option) => value(call, option) !== undefined && ![...WHERE, ...known].includes(option),
  );
  if (other !== undefined)
    throw new UsageError(
      `--${other} narrows no view of ${name} (expected ${known.map((option) => `--${option}`).join(', ')})`,
    );
  const named = (option: string): string | undefined => {
    const text = value(call, option);
    return text === undefined ? undefined : sessionNamed(opened, text).session_id;
  };
  const query = {
    model_session_id: named('session'),
    tree: named('tree'),
    role: value(call, 'role'),
    model_id: value(call, 'model'),
    wp_id: value(call, 'wp'),
    ...timesOf(call),
    limit: positive(call, 'limit'),
    after: named('after-tree'),
  };
  return Object.fromEntries(Object.entries(query).filter(([, given]) => given !== undefined)) as ViewQuery;
}

function isEmpty(call: Call, { db, sessions }: Opened, found: readonly unknown[]): boolean {
  if (found.length > 0) return false;
  const none =
    sessions.length === 0 ? `no session in ${db}` : `none of ${sessions.length} sessions in ${db} answers`;
  if (!call.quiet) call.out.error(none);
  return true;
}

function closing(call: Call, next: string | null): ExitCode {
  if (next !== null && !call.quiet) {
    call.out.line();
    call.out.line(
      `${call.out.dim('next')}   ${nextOn(call, `recorder query ${repeated(call, ['after-tree'])} --after-tree ${next}`)}`,
    );
  }
  return 0;
}
