import type { AnchorRow } from '../../data/governance.ts';
import type { PageData } from '../../data/page.ts';
import type { SessionLane } from '../../data/sessions.ts';
import { spoken } from '../shell/state.tsx';
import { unmetOf } from './clause-rows.ts';
import { bySeverity } from './finding-rows.ts';
import { isAhead, tally } from './groups.ts';

/** A number that somebody wants to know first, and where its rows are. */
export interface Figure {
  count: number;
  /** What is counted; the word of a state where it is one. */
  word: string;
  /** Its sign, where it is not that of the word. */
  sign?: string;
  hash: string;
}

export interface Topic {
  title: string;
  hash: string;
  figures: Figure[];
}

/** Of the page, what its numbers and links are made of. */
export type Told = Pick<PageData, 'governance' | 'trace'> & {
  sessions: { lanes: readonly Pick<SessionLane, 'state' | 'wp_id'>[] } | null;
};

/** What is open, wrong, unproven or stopped, topic by topic; those that the page has nothing for are left out. */
export function summaryOf({ governance, trace, sessions }: Told): Topic[] {
  const topics: Topic[] = [];
  if (governance) {
    const ahead = governance.packets.filter(isAhead);
    const open = ahead.filter(({ ready }) => ready).length;
    topics.push({
      title: 'Gates',
      hash: '#/packets',
      figures: [
        { count: open, word: 'open', sign: 'ready', hash: '#/packets?stage=READY' },
        {
          count: ahead.length - open,
          word: 'closed',
          hash: '#/packets?waits=a+packet%2Ca+person%2Ca+step',
        },
      ],
    });
    topics.push({
      title: 'Findings',
      hash: '#/findings',
      figures: bySeverity(governance.rules).map(({ value, count }) => ({
        count,
        word: value,
        hash: `#/findings?severity=${value}`,
      })),
    });
    topics.push({ title: 'Anchors', hash: '#/anchors', figures: anchorFigures(governance.anchors) });
    topics.push({
      title: 'Drift',
      hash: '#/drift',
      figures: [...tally(governance.drift, ({ fate }) => fate)].map(([fate, count]) => ({
        count,
        word: spoken(fate),
        sign: fate,
        hash: `#/drift?fate=${fate}`,
      })),
    });
  }
  if (trace) {
    const required = trace.required.reduce((sum, { clauses }) => sum + clauses, 0);
    const unmet = unmetOf(trace).length;
    const unread = unmet > 0 && trace.results.length === 0;
    topics.push({
      title: 'Trace',
      hash: '#/trace',
      figures: [
        ...(required > 0
          ? [
              {
                count: unmet,
                // Without a result nothing has failed: nobody has told that anything ran.
                word: `required and not verified${unread ? ': no test results were read' : ''}`,
                sign: unmet === 0 ? 'verified' : unread ? 'covered' : 'failing',
                hash: '#/trace?required=unmet',
              },
            ]
          : []),
        ...(['failing', 'suspect', 'covered', 'untraced', 'verified'] as const)
          .filter((state) => trace.counts[state] > 0)
          .map((state) => ({ count: trace.counts[state], word: state, hash: `#/trace?state=${state}` })),
      ],
    });
  }
  if (sessions)
    topics.push({
      title: 'Sessions',
      hash: '#/sessions',
      figures: [...tally(sessions.lanes, ({ state }) => state)]
        .sort(([a], [b]) => STOPPED.indexOf(b) - STOPPED.indexOf(a) || (a < b ? -1 : 1))
        .map(([state, count]) => ({
          count,
          word: spoken(state),
          sign: state,
          hash: `#/sessions?state=${state}`,
        })),
    });
  return topics;
}

/** States that somebody has to know of, the gravest last. */
const STOPPED = ['PAUSED', 'BLOCKED', 'CANCELLED', 'FAILED'];

const NOWHERE = ['NO_NUMBER', 'UNRESOLVED'];

/** Anchors that lead to one section of the Main Body, that lead to none, and those about which there is a doubt. */
function anchorFigures(anchors: readonly AnchorRow[]): Figure[] {
  const statuses = [...new Set(anchors.map(({ status }) => status))].sort();
  const figure = (word: string, sign: string, isIn: (status: string) => boolean): Figure => ({
    count: anchors.filter(({ status }) => isIn(status)).length,
    word,
    sign,
    hash: `#/anchors?${new URLSearchParams({ status: statuses.filter(isIn).join(',') })}`,
  });
  return [
    figure('lead nowhere', 'UNRESOLVED', (status) => NOWHERE.includes(status)),
    figure('are in doubt', 'AMBIGUOUS', (status) => status !== 'UNIQUE' && !NOWHERE.includes(status)),
    figure('resolve', 'UNIQUE', (status) => status === 'UNIQUE'),
  ].filter(({ count }) => count > 0);
}
