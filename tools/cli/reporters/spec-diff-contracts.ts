import {
  type Breaking,
  breaks,
  brokenText,
  type JudgedChange,
  placeOf,
  subjectOf,
} from '../../contracts/index.ts';
import type { Place } from '../../findings/index.ts';
import { count, cut, type Output, visible } from '../output.ts';
import type { SpecDiffReport } from '../schemas/spec-diff.ts';
import type { ContractDiff } from '../spec-diff/contracts.ts';
import type { Block, Entry } from './entry.ts';

/** What breaks somebody, what of that is accepted, and what else changed in the contracts. */
export function contractBlocks(
  out: Output,
  { changes, findings, whom, notes }: ContractDiff,
): Record<'first' | 'last', Block[]> {
  const isBreak = (change: JudgedChange): boolean => breaks(change, whom);
  const accepted = changes.filter((change) => change.accepted !== undefined);
  const open = changes.filter((change) => change.accepted === undefined && isBreak(change));
  const rest = changes.filter((change) => change.accepted === undefined && !isBreak(change));
  const unread = findings
    .filter(({ rule }) => rule === 'contract/accepted-invalid')
    .map(({ place, message }) => `${placeText(place)} ${message}`);
  return {
    first: [
      {
        title: `${out.red('BREAKING')} ${count(open.length, 'change')} of contracts${tally(open)}`,
        entries: open.map((change) => entryOf(out, change)),
      },
      {
        title: `${out.yellow('ACCEPTED')} ${count(accepted.length, 'change')} of contracts`,
        entries: accepted.map((change) => entryOf(out, change)),
      },
      {
        title: `${out.green('CONTRACTS')} ${count(rest.length, 'change')} that ${rest.length === 1 ? 'breaks' : 'break'} nobody${whom.length === 1 ? ` of the ${whom[0]}s` : ''}`,
        entries: rest.map((change) => entryOf(out, change)),
      },
    ],
    last: [{ title: 'NOTES', entries: [...unread, ...notes].map((note) => ({ line: visible(note) })) }],
  };
}

function tally(changes: readonly JudgedChange[]): string {
  const parts = (['producer', 'consumer'] as const).flatMap((who) => {
    const n = changes.filter((change) => change.breaking[who]).length;
    return n > 0 ? [`${n} for ${who}s`] : [];
  });
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function entryOf(out: Output, change: JudgedChange): Entry {
  const { rule, from, to, breaking, accepted, expired } = change;
  const whom = brokenText(breaking);
  const line = [placeText(placeOf(change)), subjectOf(change), rule, whom].filter(Boolean).join('  ');
  const end = accepted
    ? `accepted until ${accepted.expires} (${placeText(accepted.place)}): ${accepted.reason}`
    : expired
      ? `${from ?? 'nothing'} → ${to ?? 'nothing'}; acceptance at ${placeText(expired.place)} expired on ${expired.expires}`
      : `${from ?? 'nothing'} → ${to ?? 'nothing'}`;
  return { line: visible(line), detail: cut(visible(end), Math.min(out.limit, 110) - 6) };
}

const placeText = (place: Place | undefined): string => (place ? `${place.file}:${place.line}` : '');

type Told = SpecDiffReport['types'][number];

/** Changes of types, and those of events with the envelope they travel in. */
export function contractReport(
  contracts: ContractDiff,
): Pick<SpecDiffReport, 'types' | 'events' | 'findings'> {
  const { changes, findings } = contracts;
  return {
    types: changes.filter(({ subject }) => subject === 'type').map(reported),
    events: changes.filter(({ subject }) => subject !== 'type').map(reported),
    findings: [...findings],
  };
}

function reported(change: JudgedChange): Told {
  const { rule, name, path, breaking, from, to, accepted, expired, places } = change;
  const place = placeOf(change);
  const entry = (at: NonNullable<typeof accepted>) => ({
    reason: at.reason,
    by: at.by,
    expires: at.expires,
    file: at.place.file,
    line: at.place.line,
  });
  return {
    name,
    path,
    change: rule.slice(rule.indexOf('/') + 1),
    rule,
    breaking: copied(breaking),
    from,
    to,
    ...(place && { place: { file: place.file, line: place.line } }),
    ...(places.from && places.to && { was: { file: places.from.file, line: places.from.line } }),
    ...(accepted && { accepted: entry(accepted) }),
    ...(expired && { expired: entry(expired) }),
  };
}

const copied = ({ producer, consumer }: Breaking): Breaking => ({ producer, consumer });

/** The entry that would accept a change, as it is written into the file. */
export function acceptHint({ rule, name, path }: JudgedChange, version: string): string[] {
  return [
    `  - rule: ${rule}`,
    `    name: ${yamlText(name)}`,
    ...(path === '' ? [] : [`    path: ${yamlText(path)}`]),
    ...(version === 'unknown' ? [] : [`    from: ${yamlText(version)}`]),
    '    reason: WHY',
    '    by: WHO',
    '    expires: YYYY-MM-DD',
  ];
}

/** Plain where YAML reads it back as the same text. */
function yamlText(text: string): string {
  return /^[A-Za-z][\w.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
