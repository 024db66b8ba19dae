// What retention keeps and moves: the plan as a table, then what was written.
import { basename, dirname } from 'node:path';
import type { ArchivePlan, ArchiveReport, FamilyPlan } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { repeated } from '../next.ts';
import { columns, count, pad, visible } from '../output.ts';
import { printFolded, printNext } from './session-answers.ts';

const WORDS: { [why in keyof Required<FamilyPlan['kept']>]: string } = {
  unknown_event: 'of an unknown id',
  too_young: 'too young',
  live_session: 'of a live session',
  unknown_session: 'of an unknown session',
  open_packet: 'of an open work packet',
  not_before: 'not before that time',
};

export function printPlan(call: Call, { families }: ArchivePlan, unreadable: string | null): void {
  if (call.quiet) return;
  if (unreadable !== null)
    printFolded(
      call,
      `every event of a work packet stays, since the governance tree does not say which are closed: ${visible(unreadable)}`,
      '  ',
    );
  if (families.length === 0) return;
  const rows = families.map(({ family, archive, purge, kept }) => [
    visible(family),
    String(archive),
    String(purge),
    String(keptOf(kept)),
    Object.entries(kept)
      .map(
        ([why, events]) =>
          `${WORDS[why as keyof typeof WORDS]}${Object.keys(kept).length > 1 ? ` ${events}` : ''}`,
      )
      .join(', '),
  ]);
  const table = [['family', 'archive', 'purge', 'kept', ''], ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...table.map((row) => columns(row[at]!))));
  for (const [family, ...cells] of table) {
    const numbers = cells.slice(0, 3).map((cell, at) => ' '.repeat(widths[at + 1]! - columns(cell)) + cell);
    printFolded(call, [pad(family!, widths[0]!), ...numbers, cells[3]!].join('  ').trimEnd(), '  ');
  }
}

const keptOf = (kept: FamilyPlan['kept']): number =>
  Object.values(kept).reduce((sum, events) => sum + events, 0);

export function printArchived(
  call: Call,
  { families }: ArchivePlan,
  { files, archived, purged, strangers }: ArchiveReport,
  dryRun: boolean,
): void {
  const total = (of: (family: FamilyPlan) => number): number =>
    families.reduce((sum, family) => sum + of(family), 0);
  const stay = `${total(({ kept }) => keptOf(kept))} stay`;
  if (dryRun) {
    const leaves = [total(({ archive }) => archive), total(({ purge }) => purge)];
    printFolded(call, `would archive ${leaves[0]}, purge ${leaves[1]} · ${stay}`, '  ');
    if (leaves[0]! + leaves[1]! > 0) printNext(call, `recorder archive ${repeated(call)}`.trimEnd());
    return;
  }
  for (const { file, events, first_seq, last_seq, bytes } of files)
    printFolded(
      call,
      `  ${visible(basename(file))}  ${count(events, 'event')} of ${first_seq}–${last_seq}  ${sizeOf(bytes)}`,
      '    ',
    );
  const [first] = files;
  const where = first ? ` · in ${visible(dirname(first.file))}` : '';
  printFolded(call, `archived ${archived}, purged ${purged} · ${stay}${where}`, '  ');
  for (const stranger of strangers)
    printFolded(call, `left alone: ${visible(stranger)} is no archive of this database`, '  ');
  if (archived + purged > 0) printNext(call, first ? 'recorder query --archived' : 'recorder query');
}

function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1_024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
