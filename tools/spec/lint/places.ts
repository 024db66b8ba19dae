import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { spanPlace } from '../../text/index.ts';
import { linesOf } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';

/** The heading's number in its line; of a heading without one, the whole line. */
export function headingPlace(index: SpecIndex, section: SpecSection): Place {
  const { file, line, number } = section;
  const text = linesOf(index, { file, line, endLine: line })[0] ?? '';
  const at = number === undefined ? -1 : text.indexOf(number);
  return at < 0 ? spanPlace(file, line, 1, text.length) : spanPlace(file, line, at + 1, number?.length ?? 0);
}

/** A finding's pointer to another heading. */
export function relatedTo(section: SpecSection): NonNullable<Finding['related']>[number] {
  return { place: linePlace(section.file, section.line), note: nameOf(section) };
}

/** `4.3.9.15 Session Spawn Contract and Lifecycle`. */
export function nameOf({ number, title }: SpecSection): string {
  return [number, title].filter((part) => part !== undefined && part !== '').join(' ');
}

/** Where a line stands, as seen from another: `line 64200`, or with its file where that is another one. */
export function lineSeenFrom(here: { file: string }, there: { file: string; line: number }): string {
  return here.file === there.file ? `line ${there.line}` : `${there.file}:${there.line}`;
}
