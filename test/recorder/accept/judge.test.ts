import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runScenario } from '../../../tools/engine/index.ts';
import { formats } from '../../../tools/generated/index.ts';
import { checkEvent, definitionOf } from '../../../tools/recorder/accept/check.ts';
import { correlationFault } from '../../../tools/recorder/accept/correlation.ts';
import { fitOf, misfit } from '../../../tools/recorder/accept/fit.ts';
import { judgeOf, suspects } from '../../../tools/recorder/accept/judge.ts';
import { keysOf } from '../../../tools/recorder/accept/schema.ts';
import { storedText } from '../../../tools/recorder/accept/stored-text.ts';
import { canonicalJson, redact } from '../../../tools/text/index.ts';

const text = readFileSync(new URL('../../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(text, { unboundSessions: 'allow' });
const samples = [...new Map(log.map((event) => [event.fr_event_id, event])).values()];

/** The long way: zod, then canonical JSON, then a walk over every text and every key. */
function theLongWay(event: Record<string, unknown>): string | null {
  const definition = definitionOf(event.fr_event_id);
  if (!definition) return null;
  const parsed = definition.schema.safeParse(event);
  if (!parsed.success) return null;
  if (correlationFault(definition, parsed.data as never)) return null;
  return JSON.stringify(redact(JSON.parse(canonicalJson(parsed.data)), storedText));
}

function theShortWay(event: unknown): string | null {
  try {
    return JSON.stringify(checkEvent(event));
  } catch {
    return null;
  }
}

const secret = 'hunter2222';
const hostile = fc.oneof(
  fc.constantFrom(
    `password=${secret}`,
    `AKIA${'A'.repeat(16)}`,
    `sk-${'a'.repeat(24)}`,
    'e\u0301 is one letter in NFC',
    'half a pair \ud800, and more',
    '\u2028"\\\u0000\u001f',
    '__proto__',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Every place of a value that holds a text, as a path. */
function textsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...at, key]));
}

function withText(event: unknown, path: readonly string[], put: string): Record<string, unknown> {
  const copy = structuredClone(event) as Record<string, unknown>;
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  holder[path.at(-1)!] = put;
  return copy;
}

describe('an event is judged, ordered and redacted in one pass', () => {
  it('the scenario has events of fourteen session ids', () => {
    expect(samples.filter(({ fr_event_id }) => fr_event_id.startsWith('FR-EVT-SESS'))).toHaveLength(14);
  });

  it.each(samples.map((event) => [event.fr_event_id, event] as const))(
    'F17: %s is stored as the long way stores it, whatever stands in its texts',
    (_, event) => {
      const places = fc.constantFrom(...textsOf(event));
      const optional = fc.constantFrom('job_id', 'wp_id', 'model_id', 'capability_id');
      fc.assert(
        fc.property(places, optional, hostile, hostile, (place, extra, one, other) => {
          for (const changed of [
            event,
            withText(event, place, one),
            { ...event, [extra]: one, policy_decision_id: other },
          ]) {
            expect(theShortWay(changed)).toBe(theLongWay(changed as Record<string, unknown>));
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  it('a secret of one event does not hide in the clean ones around it', () => {
    const event = samples[0]!;
    const dirty = { ...event, policy_decision_id: `password=${secret}` };
    for (const [input, stored] of [
      [event, undefined],
      [dirty, 'password=[redacted assignment]'],
      [event, undefined],
      [dirty, 'password=[redacted assignment]'],
    ] as const)
      expect(checkEvent(input).policy_decision_id).toBe(stored);
  });

  it('also not where reading it checks another one', () => {
    const event = samples[0]!;
    const nested = { ...event, capability_id: `password=${secret}` };
    Object.defineProperty(nested, 'wp_id', {
      enumerable: true,
      get: () => checkEvent({ ...event, wp_id: 'WP-1-other' }).wp_id,
    });
    const stored = checkEvent(nested);
    expect(stored.wp_id).toBe('WP-1-other');
    expect(stored.capability_id).toBe('password=[redacted assignment]');
  });
});

describe('what a fit does not look at holds no secret', () => {
  it.each([
    ['uuid', z.uuid()],
    ['datetime', formats.datetime],
    ['utc', formats.utc],
    ['sha256', formats.sha256],
  ])('%s', (_, schema) => {
    const seen: string[] = [];
    const judge = fitOf(schema, (text) => seen.push(text) > 0);
    const pattern = [schema._zod.def, ...(schema._zod.def.checks ?? []).map((check) => check._zod.def)]
      .map((definition) => (definition as { pattern?: RegExp }).pattern)
      .find(Boolean)!;
    let judged = 0;
    fc.assert(
      fc.property(fc.stringMatching(pattern), (text) => {
        expect(storedText(text)).toBe(text);
        if (judge(text) !== misfit) judged += 1;
      }),
    );
    expect([judged, seen]).toEqual([100, []]);
  });

  it('a text of any other pattern is looked at, and so are words of a list that holds something else', () => {
    const seen: string[] = [];
    const look = (text: string): boolean => {
      seen.push(text);
      return !text.startsWith('sk-');
    };
    const plain = fitOf(z.enum(['one', 'two']), look);
    const odd = fitOf(z.enum(['one', 'sk-two']), look);
    const multiline = fitOf(z.string().regex(new RegExp(/^[0-9a-f]{64}$/.source, 'm')), look);
    expect(seen.splice(0)).toEqual(['one', 'two', 'one', 'sk-two']);
    expect([plain('two'), odd('sk-two'), fitOf(z.string(), look)('any')]).toEqual(['two', 'sk-two', 'any']);
    const two = `${'a'.repeat(64)}\npassword=${secret}`;
    expect(multiline(two)).toBe(two);
    expect(seen).toEqual(['sk-two', 'any', two]);
  });
});

describe('a schema with a key that tells of what it holds is left to zod', () => {
  const schema = z.strictObject({
    id: z.string(),
    part: z.exactOptional(z.nullable(z.array(z.strictObject({ name: z.string() })))),
  });
  const definition = { ...definitionOf('FR-EVT-SESS-001')!, schema };

  it('its keys are found at any depth', () => {
    expect([...keysOf(schema)]).toEqual(['id', 'part', 'name']);
  });

  it.each(['api_key', 'DB_PASSWORD', 'content', 'Body'])('%s', (key) => {
    const value = { id: 'x', inner: { [key]: 'y' } };
    const telling = z.strictObject({ id: z.string(), inner: z.strictObject({ [key]: z.string() }) });
    expect(judgeOf({ ...definition, schema: telling })(value)).toBe(misfit);
    expect(fitOf(telling)(value)).toEqual(value);
  });

  it('and others are not', () => {
    const before = suspects();
    expect(judgeOf(definition)({ id: 'x', part: null })).toEqual({ id: 'x', part: null });
    expect(suspects()).toBe(before);
    expect(judgeOf(definition)({ id: `password=${secret}` })).toEqual({ id: `password=${secret}` });
    expect(suspects()).toBe(before + 1);
  });
});
