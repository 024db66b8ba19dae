import { z } from 'zod';
import { events } from '../../generated/index.ts';
import type { EventMap } from './entries.ts';

/** The fields of an event beside its payload. */
export const envelopeFields: readonly string[] = Object.keys(events['FR-EVT-SESS-001'].schema.shape);

const PART = '(?!__proto__)[A-Za-z_][\\w-]*';
const path = z.string().regex(new RegExp(`^${PART}(?:\\.${PART})*$`));
const target = z
  .string()
  .regex(new RegExp(`^(?:${envelopeFields.join('|')}|payload\\.${PART})$`))
  .describe('a field of the envelope, or payload.FIELD');

/** How a foreign log has what an event has (`govkit.event-map@1`). */
export const eventMapSchema = z.strictObject({
  schema: z.literal('govkit.event-map@1'),
  fields: z
    .record(target, path)
    .default({})
    .describe('where the foreign log has a field: TARGET: SOURCE, a dotted path'),
  ignore: z
    .array(z.string().regex(new RegExp(`^(?:${PART}\\.)*(?!__proto__)[\\w*-]+$`)))
    .default([])
    .describe('keys to leave out, as dotted paths; in the last part * stands for any letters'),
  constants: z
    .record(target, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({})
    .describe('what an event has where the foreign log says nothing'),
});

export type EventMapDefinition = z.infer<typeof eventMapSchema>;

type Fields = Record<string, unknown>;

/**
 * Moves what a foreign envelope has elsewhere to where ours has it. A value is only moved to a place that is free, or
 * holds the same: where two disagree both stay, and the shape of the event tells of the one that is too many.
 */
export function createEventMap({ fields, ignore, constants }: EventMapDefinition): EventMap {
  const moves = Object.entries(fields).map(([to, from]) => ({ to: to.split('.'), from: from.split('.') }));
  const drops = ignore.map(dropOf);
  const fills = Object.entries(constants).map(([to, value]) => ({ to: to.split('.'), value }));
  return (given) => {
    const event: Fields = { ...given };
    const found = moves.flatMap(({ to, from }) => {
      const held = holderOf(event, from);
      const key = from.at(-1)!;
      return held && Object.hasOwn(held, key) ? [{ to, from, value: held[key] }] : [];
    });
    for (const { from } of found) delete holderOf(event, from)![from.at(-1)!];
    for (const { holders, fits } of drops) {
      const held = holderOf(event, [...holders, '']);
      for (const key of held ? Object.keys(held) : []) if (fits(key)) delete held![key];
    }
    for (const { to, from, value } of found) {
      const held = holderOf(event, to);
      const key = to.at(-1)!;
      if (held && (!Object.hasOwn(held, key) || held[key] === value)) held[key] = value;
      else holderOf(event, from)![from.at(-1)!] = value;
    }
    for (const { to, value } of fills) {
      const held = holderOf(event, to);
      if (held && !Object.hasOwn(held, to.at(-1)!)) held[to.at(-1)!] = value;
    }
    return event;
  };
}

/** The object that has the last part of a path, copied down to it: what was given stays as it was. */
function holderOf(event: Fields, path: readonly string[]): Fields | undefined {
  let at = event;
  for (const part of path.slice(0, -1)) {
    const inner = Object.hasOwn(at, part) ? at[part] : undefined;
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return undefined;
    const copy = { ...inner } as Fields;
    at[part] = copy;
    at = copy;
  }
  return at;
}

function dropOf(ignored: string): { holders: string[]; fits: (key: string) => boolean } {
  const parts = ignored.split('.');
  const [start, ...more] = parts.pop()!.split('*') as [string, ...string[]];
  const end = more.pop();
  if (end === undefined) return { holders: parts, fits: (key) => key === start };
  return {
    holders: parts,
    fits: (key) => {
      if (!key.startsWith(start)) return false;
      let at = start.length;
      for (const piece of more) {
        const found = key.indexOf(piece, at);
        if (found < 0) return false;
        at = found + piece.length;
      }
      return key.length - end.length >= at && key.endsWith(end);
    },
  };
}
