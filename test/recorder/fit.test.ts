import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runScenario } from '../../tools/engine/index.ts';
import { events, type FlightRecorderEvent, formats } from '../../tools/generated/index.ts';
import { definitionOf } from '../../tools/recorder/accept/check.ts';
import { fitOf, misfit } from '../../tools/recorder/accept/fit.ts';
import { canonicalJson } from '../../tools/text/index.ts';

const text = readFileSync(new URL('../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(text, { unboundSessions: 'allow' });
const samples = [...new Map(log.map((event) => [event.fr_event_id, event])).values()];

/** What zod says of a value, in the same words as a fit. */
const byZod = (schema: z.ZodType, value: unknown): unknown => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : misfit;
};

const wrong: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  '0190d6a0-0000-7000-8000-000000000001',
  '0190D6A0-0000-7000-8000-000000000001',
  '00000000-0000-0000-0000-000000000000',
  '2026-02-30T00:00:00Z',
  '2026-02-24T09:00:00+01:00',
  'a'.repeat(64),
  'A'.repeat(64),
  'CANCELLED',
  'human',
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  false,
  [],
  ['x'],
  [1],
  [undefined],
  {},
  { key: 'x' },
  new Date(0),
  1n,
];

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...at, key]))];
}

/** A copy with one place changed; the change gets what holds the place, and its name. */
function changed(
  value: unknown,
  path: Path,
  change: (holder: Record<string, unknown>, key: string) => unknown,
) {
  const copy = { root: structuredClone(value) };
  let holder: Record<string, unknown> = copy;
  for (const key of ['root', ...path].slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  change(holder, String(['root', ...path].at(-1)));
  return copy.root;
}

/** Every change of one place. */
function* mutations(event: unknown): Generator<unknown> {
  for (const path of pathsOf(event)) {
    for (const value of wrong)
      yield changed(event, path, (holder, key) => Object.assign(holder, { [key]: value }));
    yield changed(event, path, (holder, key) => delete holder[key]);
    yield changed(event, path, (holder, key) => {
      const at = holder[key];
      if (typeof at === 'object' && at !== null) Object.assign(at, { unknown_key: 1 });
    });
  }
}

describe('a fit and zod', () => {
  it.each(samples.map((event) => [event.fr_event_id, event] as const))(
    'judge %s alike, whatever is wrong with it, and what a fit gives is canonical',
    (id: string, event: FlightRecorderEvent) => {
      const { schema } = definitionOf(id)!;
      const judge = fitOf(schema);
      for (const value of [event, ...mutations(event)]) {
        const fitted = judge(value);
        const parsed = byZod(schema, value);
        // What it does not accept is left to zod, so only what it accepts can differ.
        const expected = fitted === misfit ? misfit : parsed;
        expect(fitted === expected || JSON.stringify(fitted) === canonicalJson(expected)).toBe(true);
      }
    },
  );

  it('every session event that the engine writes is judged without zod', () => {
    const sessions = samples.filter(({ fr_event_id }) => fr_event_id.startsWith('FR-EVT-SESS'));
    expect(sessions).toHaveLength(14);
    for (const event of sessions) {
      const fitted = fitOf(events[event.fr_event_id].schema)(event);
      expect(fitted).toEqual(event);
      expect(fitted).not.toBe(event);
    }
  });

  // To zod a Date is an object without keys; a fit leaves it to zod.
  const plain = wrong.filter((value) => !(value instanceof Date));
  const schemas: Readonly<Record<string, z.ZodType>> = {
    string: z.string(),
    uuid: z.uuid(),
    sha256: formats.sha256,
    datetime: formats.datetime,
    number: z.number(),
    int: z.int(),
    boolean: z.boolean(),
    literal: z.literal('x'),
    enum: z.enum(['x', 'human']),
    nullable: z.nullable(z.string()),
    array: z.array(z.string()),
    object: z.strictObject({ key: z.string() }),
    exact: z.strictObject({ key: z.exactOptional(z.string()) }),
  };
  it.each(Object.keys(schemas))('a schema %s fits what zod accepts, and nothing else', (name) => {
    const schema = schemas[name]!;
    for (const value of [...plain, { key: undefined }, { key: 'x', other: 1 }])
      expect(fitOf(schema)(value)).toEqual(byZod(schema, value));
  });

  it.each<[string, z.ZodType, unknown]>([
    ['a text with a check of its own', z.string().refine(() => true), 'x'],
    ['a text of a least length', z.string().min(1), 'x'],
    ['a format that is more than its pattern', z.url(), 'https://example.com'],
    ['a pattern that remembers where it stopped', z.string().regex(/x/g), 'x'],
    ['a number with a bound above', z.int().max(9), 1],
    ['a number that has to be above a bound', z.int().gt(0), 1],
    ['a number of another format', z.int32(), 1],
    ['a list with a bound', z.array(z.string()).min(1), ['x']],
    ['an object with a check', z.strictObject({ key: z.string() }).refine(() => true), { key: 'x' }],
    ['an object that takes further keys', z.looseObject({ key: z.string() }), { key: 'x' }],
    ['an object that drops further keys', z.object({ key: z.string() }), { key: 'x' }],
    ['a map', z.record(z.string(), z.string()), { key: 'x' }],
    ['anything', z.unknown(), 'x'],
    [
      'an object of a class',
      z.strictObject({ key: z.string() }),
      Object.assign(Object.create({}), { key: 'x' }),
    ],
  ])('%s is left to zod', (_, schema, value) => {
    expect(fitOf(schema)(value)).toBe(misfit);
    expect(byZod(schema, value)).not.toBe(misfit);
  });
});
