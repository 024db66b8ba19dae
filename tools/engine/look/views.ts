// The rows that a view is made of, of one moment, as far as its query asks for them.
import type { Budgets, MailboxRow, SessionRow } from '../../kernel/index.ts';
import {
  type CostView,
  costView,
  type Letter,
  reaching,
  type StoredEvent,
  type TimelineView,
  type TreeView,
  timelineView,
  treeView,
  type ViewSource,
} from '../../recorder/index.ts';
import type { Reading, Store } from '../store/store.ts';

/** Which sessions a view shows; every condition given has to hold. */
export interface ViewQuery {
  model_session_id?: string;
  /** This session and everything below it. */
  tree?: string;
  role?: string;
  model_id?: string;
  wp_id?: string;
  /** RFC 3339: sessions that lived then, and of their spans those that reach into it; from inclusive, to exclusive. */
  from?: string;
  to?: string;
  /**
   * At most so many sessions of a tree or a timeline, by whole trees: the first comes whole, however large it is, so
   * that no arrow leads out of a page.
   */
  limit?: number;
  /** The page after this tree: `next` of the page before. */
  after?: string;
}

/** A page of a view; `next` is null on the last one. */
export type Page<View> = View & { next: string | null };

export interface Views {
  tree: Page<TreeView>;
  timeline: Page<TimelineView>;
  cost: CostView;
}

export type ViewName = keyof Views;

/** One look at the store, and for budgets one at the warnings of the log before it. */
export async function viewOf<Name extends ViewName>(
  store: Store,
  name: Name,
  query: ViewQuery,
  { now, budgets }: { now(view: Reading): number; budgets?: Partial<Budgets> },
): Promise<Views[Name]> {
  const warnings: StoredEvent[] = [];
  if (name === 'cost' && (await store.read((view) => view.all('warning').length > 0)))
    for await (const stored of store.readEvents({ type: 'FR-EVT-SESS-005' })) warnings.push(stored);
  return (await store.read((view): Views[ViewName] => {
    const times = { ...timesOf(query), now: new Date(now(view)).toISOString() };
    const selected = select(view, query, reaching(times));
    switch (name) {
      case 'cost': {
        const packets = view.all('packet');
        const options = { now: times.now, warnings, packets, ...(budgets ? { budgets } : {}) };
        return costView(sourceOf(view, selected), options);
      }
      case 'timeline': {
        const { sessions, next } = pageOf(selected, query);
        return { ...timelineView(sourceOf(view, sessions), times), next };
      }
      default: {
        const { sessions, next } = pageOf(selected, query);
        return { ...treeView(sourceOf(view, sessions)), next };
      }
    }
  })) as Views[Name];
}

/**
 * The time of whoever only reads: that of the clock while an engine has the database open. Of one that nobody runs it
 * is the last moment at which something happened, so that sessions at rest do not grow from look to look.
 */
export function readersTime(view: Reading, clock: () => number): number {
  if (view.select('boot', 'all', 'all').length > 0) return clock();
  const times = view.all('session').map(({ updated_at }) => Date.parse(updated_at));
  return times.length === 0 ? clock() : times.reduce((last, time) => Math.max(last, time));
}

/** What several views are made of, of one moment. */
export interface Material {
  source: ViewSource;
  /** Sessions that are older than the newest so many that were asked for. */
  left_out: number;
}

/** The newest whole trees of what a query selects, with at most so many sessions; the newest comes whole. */
export function materialOf(view: Reading, query: ViewQuery, most: number, now: number): Material {
  const times = { ...timesOf(query), now: new Date(now).toISOString() };
  const selected = select(view, query, reaching(times));
  const sizes = new Map<string, number>();
  for (const { root_session_id } of selected)
    sizes.set(root_session_id, (sizes.get(root_session_id) ?? 0) + 1);
  const kept = new Set<string>();
  let sessions = 0;
  for (const [root, size] of [...sizes].reverse()) {
    if (kept.size > 0 && sessions + size > most) break;
    kept.add(root);
    sessions += size;
  }
  const newest = selected.filter(({ root_session_id }) => kept.has(root_session_id));
  return { source: sourceOf(view, newest), left_out: selected.length - newest.length };
}

const timesOf = ({ from, to }: ViewQuery): { from?: string; to?: string } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** In the order of their creation. The narrowest condition says where to look. */
function select(
  view: Reading,
  query: ViewQuery,
  inTime: (span: { start_time: string; end_time: string | null }) => boolean,
): SessionRow[] {
  const { model_session_id, role, model_id, wp_id, from, to } = query;
  const timed = from !== undefined || to !== undefined;
  const candidates = candidatesFor(view, query);
  return candidates.filter(
    (row) =>
      (model_session_id === undefined || row.session_id === model_session_id) &&
      (role === undefined || row.role === role) &&
      (model_id === undefined || row.model_id === model_id) &&
      (wp_id === undefined || row.wp_id === wp_id) &&
      (!timed || inTime(view.get('span', row.model_session_span_id)!)),
  );
}

function candidatesFor(view: Reading, { model_session_id, tree, wp_id }: ViewQuery): SessionRow[] {
  if (tree !== undefined) return below(view, view.get('session', tree));
  if (model_session_id !== undefined) return [view.get('session', model_session_id) ?? []].flat();
  return wp_id === undefined ? view.all('session') : view.select('session', 'wp', wp_id);
}

/** A parent is made before its children, and a number of the tree counts them (D-34). */
function below(view: Reading, top: SessionRow | undefined): SessionRow[] {
  if (!top) return [];
  const found: SessionRow[] = [];
  for (let level = [top]; level.length > 0; ) {
    for (const row of level) found.push(row);
    const ids = level.map(({ session_id }) => session_id);
    level = [...view.selectMany('session', 'parent', ids).values()].flat();
  }
  return found.sort((a, b) => a.spawn_seq - b.spawn_seq);
}

function pageOf(
  selected: readonly SessionRow[],
  { after, limit = Number.POSITIVE_INFINITY }: ViewQuery,
): { sessions: SessionRow[]; next: string | null } {
  const trees = new Map<string, SessionRow[]>();
  for (const row of selected) {
    const tree = trees.get(row.root_session_id);
    if (tree) tree.push(row);
    else trees.set(row.root_session_id, [row]);
  }
  const roots = [...trees.keys()];
  const page: SessionRow[] = [];
  let last: string | null = null;
  for (const root of roots.slice(after === undefined ? 0 : roots.indexOf(after) + 1)) {
    const tree = trees.get(root)!;
    if (last !== null && page.length + tree.length > limit) return { sessions: page, next: last };
    for (const row of tree) page.push(row);
    last = root;
  }
  return { sessions: page, next: null };
}

function sourceOf(view: Reading, sessions: readonly SessionRow[]): ViewSource {
  const ids = sessions.map(({ session_id }) => session_id);
  const spans = [...view.selectMany('span', 'session', ids).values()].flat();
  return { sessions, spans, letters: lettersOf(view, sessions), operations: view.all('operation') };
}

/** Announcements that begin or end at one of these sessions, in the order of their inboxes. */
function lettersOf(view: Reading, sessions: readonly SessionRow[]): Letter[] {
  const ids = new Set(sessions.map(({ session_id }) => session_id));
  const inboxes = new Set([...ids, ...sessions.flatMap(({ parent_session_id }) => parent_session_id ?? [])]);
  const concerns = ({ message_type, from_session_id, to_session_id }: MailboxRow): boolean =>
    message_type === 'SessionAnnounceBack' && (ids.has(from_session_id) || ids.has(to_session_id));
  return [...view.selectMany('mailbox', 'inbox', [...inboxes]).values()]
    .flat()
    .filter(concerns)
    .map((letter) => {
      const message = view.get('message', letter.message_id);
      return {
        letter,
        read: message ? { at: message.timestamp, span_id: message.activity_span_id ?? null } : null,
      };
    });
}
