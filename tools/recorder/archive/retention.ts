import { definitionOf } from '../accept/check.ts';

export const DAY_MS = 86_400_000;

/** How long a family stays in the log, and what becomes of it then (D-45). */
export interface Retention {
  /** As a configuration names it. */
  family: string;
  days: number;
  /** What the days count from. */
  from: 'event' | 'session' | 'thread';
  afterwards: 'archive' | 'purge';
}

/** FR-EVT-006 and FR-EVT-007 are of one family and have times of their own: an id wins over its family. */
export const RETENTION: readonly Retention[] = [
  { family: 'FR-EVT-006', days: 7, from: 'event', afterwards: 'purge' },
  { family: 'FR-EVT-007', days: 30, from: 'session', afterwards: 'archive' },
  { family: 'FR-EVT-GOV-MAILBOX', days: 30, from: 'thread', afterwards: 'archive' },
  { family: 'FR-EVT-SESS', days: 30, from: 'session', afterwards: 'archive' },
  { family: 'FR-EVT-SESS-SCHED', days: 30, from: 'session', afterwards: 'archive' },
  { family: 'FR-EVT-SESS-SPAWN', days: 30, from: 'session', afterwards: 'archive' },
  { family: 'FR-EVT-WF-RECOVERY', days: 30, from: 'session', afterwards: 'archive' },
];

const byName = new Map(RETENTION.map((each) => [each.family, each]));

/** The time of an event id; undefined = nobody has said how long it is kept, so it stays. */
export function retentionOf(fr_event_id: string): Retention | undefined {
  const definition = definitionOf(fr_event_id);
  return definition && (byName.get(definition.fr_event_id) ?? byName.get(definition.family));
}

/** The times in force: those of the spec, or longer ones (`recorder.retention` of gov.config.yaml). */
export function retentionWith(days: Readonly<Record<string, number>> = {}): RetentionTimes {
  const shortest = Math.min(...RETENTION.map((each) => Math.max(each.days, days[each.family] ?? 0)));
  return {
    of(fr_event_id) {
      const known = retentionOf(fr_event_id);
      return known && { ...known, days: Math.max(known.days, days[known.family] ?? 0) };
    },
    shortest,
  };
}

export interface RetentionTimes {
  of(fr_event_id: string): Retention | undefined;
  /** Days below which no event of any family goes. */
  shortest: number;
}
