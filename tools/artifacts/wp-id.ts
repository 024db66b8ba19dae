import { type Place, UsageError } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';

/** Id of a work packet. A dot is part of a name (`WP-1-MEX-v1.2-Runtime-v3`), a slash never is. */
const WP_ID = /^WP-(?:\d+|KERNEL-\d+)-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/;
const MENTION = /(?<![A-Za-z0-9.-])WP-(?:\d+|KERNEL-\d+)-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*/g;

export function isWpId(text: string): boolean {
  return WP_ID.test(text);
}

/** The id, or a UsageError: an id is checked before it touches a path (governance-grammar 5.1 #14). */
export function wpIdFrom(text: string): string {
  if (isWpId(text)) return text;
  throw new UsageError(
    `${JSON.stringify(text)} is no work-packet id (expected WP-<phase>-<Name>[-vN], for example WP-1-Session-Spawn-Contract-v1)`,
  );
}

/** Exactly one trailing `-vN` is taken off: `v1.2` within a name is no revision. */
export function baseWpId(id: string): string {
  return id.replace(/-v\d+$/, '');
}

/** `2` of `-v2`; an id without a revision is the first of its base, and comes before all of them. */
export function revisionOf(id: string): number {
  return Number(/-v(\d+)$/.exec(id)?.[1] ?? 0);
}

export interface WpMention {
  id: string;
  place: Place;
}

/** Every id that a line names; the ending of a file of that name is no part of it. */
export function wpIdsIn(text: string, file: string, line: number): WpMention[] {
  return [...text.matchAll(MENTION)].map((match) => {
    const id = match[0].replace(/\.(?:md|json)$/, '');
    return { id, place: spanPlace(file, line, match.index + 1, id.length) };
  });
}
