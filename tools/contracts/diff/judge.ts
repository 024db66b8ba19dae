import { compareText, type Finding, type Severity } from '../../findings/index.ts';
import { type AcceptedBreak, nameOf } from './accepted.ts';
import { type Breaking, breaks, type ContractChange, placeOf } from './change.ts';
import { CONTRACT_RULES } from './rules.ts';

/** A change with the entry that accepts it, or did until it expired. */
export interface JudgedChange extends ContractChange {
  accepted?: AcceptedBreak;
  expired?: AcceptedBreak;
}

export interface Judgement {
  changes: JudgedChange[];
  /** Entries that name no change of this comparison. */
  unused: AcceptedBreak[];
}

/** Holds the changes against what was accepted. `version` is that of the old spec, `today` a day in UTC. */
export function judgeChanges(
  changes: readonly ContractChange[],
  entries: readonly AcceptedBreak[],
  { version, today }: { version: string; today: string },
): Judgement {
  const used = new Set<AcceptedBreak>();
  const judged = changes.map((change): JudgedChange => {
    const named = entries.filter((entry) => names(entry, change, version));
    for (const entry of named) used.add(entry);
    const [accepted] = named.filter(({ expires }) => compareText(today, expires) <= 0);
    if (accepted) return { ...change, accepted };
    return named[0] ? { ...change, expired: named[0] } : change;
  });
  return { changes: judged, unused: entries.filter((entry) => !used.has(entry)) };
}

function names(entry: AcceptedBreak, change: ContractChange, version: string): boolean {
  return (
    entry.rule === change.rule &&
    entry.name === change.name &&
    (entry.path ?? '') === change.path &&
    (entry.from === undefined || entry.from === version)
  );
}

/** The changes, and the entries that accept nothing, as findings. An unaccepted break of `whom` is an error. */
export function contractFindings(
  { changes, unused }: Judgement,
  whom: readonly (keyof Breaking)[],
): Finding[] {
  return [
    ...changes.flatMap((change) => findingOf(change, whom) ?? []),
    ...unused.map(
      (entry): Finding => ({
        rule: 'contract/accepted-unused',
        severity: 'info',
        place: entry.place,
        message: `Unexpected entry for ${nameOf(entry)}, expected a change of this comparison`,
        args: { rule: entry.rule, name: entry.name, path: entry.path ?? '' },
      }),
    ),
  ];
}

function findingOf(change: JudgedChange, whom: readonly (keyof Breaking)[]): Finding | undefined {
  const place = placeOf(change);
  if (place === undefined) return undefined;
  const { rule, name, path, breaking, from, to, places, accepted, expired } = change;
  const entry = accepted ?? expired;
  return {
    rule,
    severity: severityOf(change, whom),
    place,
    message: messageOf(change),
    args: { name, path, breaking, from, to },
    related: [
      ...(places.from && places.to ? [{ place: places.from, note: 'before' }] : []),
      ...(entry
        ? [{ place: entry.place, note: accepted ? entry.reason : `expired on ${entry.expires}` }]
        : []),
    ],
  };
}

/** Breaks weigh as errors, what a rule warns of as a warning, everything else and what is accepted as information. */
function severityOf(change: JudgedChange, whom: readonly (keyof Breaking)[]): Severity {
  if (change.accepted) return 'info';
  if (breaks(change, whom)) return 'error';
  const own = CONTRACT_RULES.find(({ id }) => id === change.rule)?.severity;
  return own === 'warning' ? 'warning' : 'info';
}

function messageOf(change: JudgedChange): string {
  const { rule, from, to, accepted, expired } = change;
  const says = CONTRACT_RULES.find(({ id }) => id === rule)?.says ?? rule;
  const end = accepted
    ? `; accepted until ${accepted.expires}: ${accepted.reason}`
    : expired
      ? `; its acceptance (${expired.place.file}:${expired.place.line}) expired on ${expired.expires}`
      : '';
  return `Unexpected ${says} ${subjectOf(change)} (${from ?? 'nothing'} → ${to ?? 'nothing'}), expected ${expectedOf(change)}${end}`;
}

/** `ModelSession.role`. */
export function subjectOf({ name, path }: Pick<ContractChange, 'name' | 'path'>): string {
  return path === '' ? name : `${name}.${path}`;
}

function expectedOf({ breaking }: ContractChange): string {
  const whom = brokenText(breaking);
  return whom === '' ? 'the contract as it was' : `nothing that breaks ${whom}`;
}

/** `producers and consumers`; empty where nobody breaks. */
export function brokenText({ producer, consumer }: Breaking): string {
  return [producer && 'producers', consumer && 'consumers'].filter(Boolean).join(' and ');
}
