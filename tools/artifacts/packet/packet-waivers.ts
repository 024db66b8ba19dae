import type { Place } from '../../findings/index.ts';
import { type Bullet, readBullets } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { type Document, findSections, present } from '../document.ts';
import { isPlaceholder } from '../refinement/refinement.ts';
import type { Sited } from '../sited.ts';
import { isHistory } from './packet-anchors.ts';

/** `Scope: ...` of a waiver, on a line of its own or within one. */
export interface WaiverDetail extends Sited {
  key: string;
}

/** What a user allowed once, and how far and how long: a record of its section, never a word that was found. */
export interface Waiver {
  /** `WAIVER-SCOPE-EXPAND-WP-1-Demo-v1-001`; older ones have none. */
  id?: Sited;
  /** The rules that it names: `CX-573F`. */
  codes: string[];
  /** Its first line, or lines, as written. */
  text: string;
  date?: Sited;
  scope?: Sited;
  justification?: Sited;
  approver?: Sited;
  expiry?: Sited;
  /** The last day on which it is in force, where its expiry names one. */
  lastDay?: string;
  /** In force until the work packet is closed. */
  untilClosure: boolean;
  /** In order, unknown ones included. */
  details: WaiverDetail[];
  place: Place;
}

const SECTION = /^(?:USER[ _])?WAIVERS?\b/i;
const NONE = /^\(?\s*(?:none|n\/a|nil|no waivers?(?: (?:granted|recorded))?)\s*\)?\.?$/i;
/** What may be said of a waiver, on a line of its own or one after another: `Date: x | Scope: y`, `Date=x; Scope=y`. */
const KEYS = new Set([
  ...['waiver id', 'date', 'check waived', 'policy', 'scope', 'justification', 'reason', 'approver'],
  ...['approved by', 'granted by', 'user approval', 'expiry', 'expires', 'ref', 'source', 'constraints'],
]);
const KEY = /(?<=^|[|;.,:]\s{0,3})([A-Za-z][A-Za-z_ ]{1,20}?)(?:\s\([^)]{0,60}\))?\s?[:=]\s{0,3}/g;
const ID = /^\[?((?:WAIVER|CX-WT)-[\w.-]*\w)\]?(?=$|[\s:;|,])/i;
const CODE = /\bCX-[A-Z0-9][A-Z0-9-]*\b/g;
/** Of the work packet; that of a phase is nothing the packet knows about. */
const CLOSURE = /\bWP\b[^.;]{0,120}\bclos(?:e|ure)\b|\bvalidation complete\b/i;
const DAY = /\b(\d{4}-\d\d-\d\d)\b/;

/** The waivers of a packet. What reports repeat of them is history and grants nothing. */
export function readWaivers(document: Document): Waiver[] {
  const waivers: Waiver[] = [];
  for (const { line, endLine } of findSections(document, SECTION)) {
    if (isHistory(document, line)) continue;
    let open: Bullet[] | undefined;
    const groups: Bullet[][] = [];
    for (const bullet of readBullets(document.path, document.visible, line + 1, endLine)) {
      if (NONE.test(bullet.text) || isInstruction(bullet.text)) continue;
      // `Source: ...` beside a waiver, and not below it, is still said of it.
      const detail =
        /^[A-Za-z][A-Za-z _]{0,40}(?:\([^)]*\))?:/.test(bullet.text) && !beginsWaiver(bullet.text);
      if (detail && open !== undefined) open.push(bullet);
      else {
        open = [bullet];
        groups.push(open);
      }
    }
    waivers.push(...groups.map((group) => readWaiver(document, group)).filter((each) => each !== undefined));
  }
  return waivers;
}

/** What the template says to whoever has a waiver to record; it names the rule, and waives nothing (G29). */
function isInstruction(text: string): boolean {
  if (text.startsWith('(') && text.endsWith(')')) return true;
  return /^record\b.{0,40}\bwaivers?\b.{0,40}\bhere\b/i.test(text);
}

function beginsWaiver(text: string): boolean {
  return /^(?:\[|waiver|CX-)/i.test(text);
}

function readWaiver(document: Document, [first, ...beside]: Bullet[]): Waiver | undefined {
  const own = first!;
  const details = [own, ...own.children, ...beside, ...beside.flatMap(({ children }) => children)].flatMap(
    (bullet) => detailsOf(document, bullet),
  );
  const detail = (...keys: string[]): Sited | undefined =>
    details.find(({ key, text }) => keys.includes(key) && text !== '');
  const id = idOf(document, own, detail('waiver id'));
  if (id !== undefined && isPlaceholder(id.text)) return undefined;
  const expiry = detail('expiry', 'expires');
  const whole = [own.text, ...details.map(({ text }) => text)].join('\n');
  return {
    codes: [...new Set(whole.match(CODE) ?? [])],
    text: own.text,
    details,
    untilClosure: CLOSURE.test(expiry?.text ?? ''),
    place: own.place,
    ...present({
      id,
      date: detail('date') ?? dayOf(document, own),
      scope: detail('scope'),
      justification: detail('justification', 'reason'),
      approver: detail('approver', 'approved by', 'granted by', 'user approval'),
      expiry,
      lastDay: DAY.exec(expiry?.text ?? '')?.[1],
    }),
  };
}

function idOf(document: Document, bullet: Bullet, stated: Sited | undefined): Sited | undefined {
  if (stated !== undefined) {
    const text = /^\S*[^\s;|,]/.exec(stated.text)?.[0] ?? stated.text;
    return { text, place: { ...stated.place, endColumn: stated.place.column + text.length } };
  }
  const match = ID.exec(bullet.text);
  if (match === null) return undefined;
  const column = bullet.place.column + match[0].indexOf(match[1]!);
  return { text: match[1]!, place: spanPlace(document.path, bullet.place.line, column, match[1]!.length) };
}

/** `[CX-573F] 2026-02-19: ...`: a day that stands among the first words. */
function dayOf(document: Document, { text, place }: Bullet): Sited | undefined {
  const match = DAY.exec(text.slice(0, 80));
  if (match === null) return undefined;
  return { text: match[1]!, place: spanPlace(document.path, place.line, place.column + match.index, 10) };
}

/** All `Key: value` of one bullet: each value ends where the next known key begins. */
function detailsOf(document: Document, { text, place, endLine }: Bullet): WaiverDetail[] {
  const marks = [...text.matchAll(KEY)].filter((mark) => KEYS.has(keyOf(mark[1]!)));
  return marks.map((mark, index) => {
    const start = mark.index + mark[0].length;
    const own = text.slice(start, marks[index + 1]?.index).replace(/[\s|;]+$/, '');
    const value = own.trimStart();
    return {
      key: keyOf(mark[1]!),
      text: value,
      place:
        endLine === place.line
          ? spanPlace(
              document.path,
              place.line,
              place.column + start + own.length - value.length,
              value.length,
            )
          : { ...place, endLine, endColumn: document.visible[endLine - 1]!.trimEnd().length + 1 },
    };
  });
}

function keyOf(text: string): string {
  return text.trim().replaceAll('_', ' ').toLowerCase();
}
