import type { Place } from '../../findings/index.ts';
import { type Bullet, readBullets } from '../../markdown/index.ts';
import { type Document, findSections } from '../document.ts';
import { type WpMention, wpIdsIn } from '../wp-id.ts';

/** A line about what must come before, or beside. */
export interface Dependency {
  text: string;
  place: Place;
  /** False for what is only coordinated with, overlapped or related. */
  blocking: boolean;
  /** Work packets that the line names; most lines name none. */
  wpIds: WpMention[];
}

const BESIDE =
  /^(?:\*\*|__)?(?:likely )?(?:coordinates?|overlaps?|related|see also|unblocks|blocks|enables)\b/i;

/** Every bullet of each `## DEPENDENCIES / BLOCKERS`; a nested one is as blocking as the line above it. */
export function readDependencies(document: Document): Dependency[] {
  return findSections(document, /^DEPENDENCIES\b/i).flatMap(({ line, endLine }) =>
    dependenciesIn(document, line + 1, endLine),
  );
}

/** Every bullet of the lines `from`..`to`. */
export function dependenciesIn(document: Document, from: number, to: number): Dependency[] {
  return readBullets(document.path, document.visible, from, to).flatMap((bullet) =>
    dependencies(document, bullet, true),
  );
}

function dependencies(document: Document, bullet: Bullet, above: boolean): Dependency[] {
  const blocking = above && !BESIDE.test(bullet.text);
  const own = { text: bullet.text, place: bullet.place, blocking, wpIds: mentions(document, bullet) };
  return [own, ...bullet.children.flatMap((child) => dependencies(document, child, blocking))];
}

function mentions(document: Document, { place, endLine }: Bullet): WpMention[] {
  const found: WpMention[] = [];
  for (let line = place.line; line <= endLine; line++) {
    found.push(...wpIdsIn(document.visible[line - 1]!, document.path, line));
  }
  return found;
}
