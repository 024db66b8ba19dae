import { describe, expect, it } from 'vitest';
import { emitJsonSchema } from '../../tools/contracts/emit/json-schema.ts';
import { patternSample } from '../../tools/contracts/emit/pattern-sample.ts';
import { emitSamples } from '../../tools/contracts/emit/samples.ts';
import { emit, generate, type Ir } from '../../tools/contracts/index.ts';
import { events } from '../../tools/generated/index.ts';
import { checkEvent } from '../../tools/recorder/accept/check.ts';
import { jsonSchemaJudges, zodJudges } from './agreement.ts';
import { evaluated } from './evaluate.ts';
import {
  everyKind,
  field,
  irOf,
  list,
  object,
  pattern,
  prim,
  record,
  ref,
  tuple,
  union,
} from './every-kind.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec } from './spec-fixture.ts';

type Event = Record<string, unknown> & { payload: Record<string, unknown> };
type Samples = Record<string, { minimal: Event; full: Event }>;

const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
const own = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay }).ir;

function samplesOf(ir: Ir): Samples {
  return JSON.parse(emitSamples(ir, 'out')[0]!.text).events;
}

describe.each([
  ['the own spec', own],
  ['a spec of every kind', everyKind],
])('samples of %s', (_, ir) => {
  const samples = samplesOf(ir);
  const all = Object.entries(samples).flatMap(([id, { minimal, full }]) => [
    [id, minimal] as const,
    [id, full] as const,
  ]);

  it('are one file, always the same, with two of every event', () => {
    const files = emitSamples(ir, 'out');
    expect(files.map(({ path }) => path)).toEqual(['out/samples.json']);
    expect(emitSamples(ir, 'out')).toEqual(files);
    expect(Object.keys(samples)).toEqual(ir.events.map(({ frId }) => frId));
  });

  it('are valid, for zod and for JSON Schema', () => {
    const zod = zodJudges(ir, evaluated(ir, emit(ir)));
    const json = jsonSchemaJudges(emitJsonSchema(ir, 'out')[0]!.text);
    for (const [id, sample] of all)
      expect([id, zod.get(id)!(sample), json.get(id)!(sample), json.get('')!(sample)]).toEqual([
        id,
        true,
        true,
        true,
      ]);
  });

  it('minimal: nothing that may be absent but the session, null where it may be; full: every field', () => {
    for (const event of ir.events) {
      const { minimal, full } = samples[event.frId]!;
      const required = event.payload
        .filter(({ presence }) => presence === 'required')
        .map(({ name }) => name);
      expect(Object.keys(minimal.payload)).toEqual(required);
      for (const { name } of event.payload.filter((item) => item.nullable && item.presence === 'required'))
        expect(minimal.payload[name]).toBeNull();
      expect(Object.keys(full.payload)).toEqual(event.payload.map(({ name }) => name));
      const names = ir.envelope!.fields.map(({ name }) => name);
      expect(Object.keys(full)).toEqual(['fr_event_id', 'type', ...names, 'payload']);
    }
  });

  it('name the session that they correlate by, and are each an event of its own', () => {
    for (const { frId, correlation } of ir.events.filter((event) => event.correlation !== null))
      for (const sample of Object.values(samples[frId]!))
        expect([frId, sample.model_session_id]).toEqual([frId, sample.payload[correlation!.field]]);
    expect(new Set(all.map(([, sample]) => sample.event_id)).size).toBe(all.length);
  });
});

describe('samples of the own spec', () => {
  const samples = samplesOf(own);

  it('D-46, D-48: are what the recorder takes', () => {
    const refused = Object.values(samples)
      .flatMap(({ minimal, full }) => [minimal, full])
      .flatMap((sample) => {
        try {
          checkEvent(structuredClone(sample));
          return [];
        } catch (error) {
          return [(error as Error).message];
        }
      });
    expect(refused).toEqual([]);
    expect(Object.keys(samples)).toEqual(Object.keys(events));
  });

  it('a golden one', () => {
    expect(samples['FR-EVT-SESS-SCHED-001']!.minimal).toEqual({
      fr_event_id: 'FR-EVT-SESS-SCHED-001',
      type: 'session_scheduler.enqueue',
      event_id: expect.stringMatching(/^019b76da-a800-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      timestamp: '2026-01-01T00:00:00.000Z',
      actor: 'human',
      trace_id: '019b76da-a800-7e7f-83c2-8e57123eaebc',
      model_session_id: samples['FR-EVT-SESS-001']!.full.payload.session_id,
      payload: {
        session_id: samples['FR-EVT-SESS-001']!.full.payload.session_id,
        job_id: samples['FR-EVT-SESS-SCHED-002']!.full.payload.job_id,
        lane: 'PRIMARY',
        priority: 1,
        concurrency_group: null,
      },
    });
  });

  it('what the envelope and the payload call by one name is one thing', () => {
    const { full } = samples['FR-EVT-SESS-SCHED-001']!;
    expect(full.job_id).toBe(full.payload.job_id);
  });
});

describe('a field has the sample', () => {
  const stated = (min?: number, max?: number) => ({
    bounds: {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      confidence: 'stated' as const,
    },
  });
  const event = everyKind.events[2]!;
  const types = [
    record('Endless', [field('again', ref('Endless'))]),
    record('Ends', [field('again|null', ref('Ends')), field('more', list(ref('Ends')))]),
  ];

  it.each([
    ['within bounds', field('a', prim('int'), stated(5, 9)), 5],
    ['below a bound', field('a', prim('int'), stated(undefined, -2)), -2],
    ['a whole number between fractions', field('a', prim('int'), stated(1.5, 2.5)), 2],
    ['a number within bounds', field('a', prim('number'), stated(0.75, 0.8)), 0.75],
    ['the first word of an open vocabulary', field('a', prim('string'), { open: ['doc', 'sheet'] }), 'doc'],
    ['its name, where it is text', field('a', prim('string')), 'a'],
    ['one element', field('a', list(prim('bool'))), [true]],
    ['the end of a recursion', field('a', ref('Ends')), { again: null, more: [] }],
    ['the alternative that ends', field('a', union(ref('Endless'), prim('int'))), 1],
    ['a text of its pattern', field('a', pattern('^v\\d+\\.[x-z]{2}(?:-rc)?$')), 'v0.xx'],
    ['none, where it may be absent', field('a?', ref('Endless')), undefined],
    ['null, where it may be', field('a|null', ref('Endless')), null],
    ['an object', field('a', object(field('b?', prim('int')))), { b: 1 }],
    ['a tuple', field('a', tuple(prim('int'), prim('bool'))), [1, true]],
  ])('%s', (_, given, value) => {
    const { full } = samplesOf(irOf(types, [{ ...event, payload: [given] }]))[event.frId]!;
    expect(full.payload.a).toEqual(value);
  });

  it.each([
    ['that needs itself', field('a', ref('Endless'))],
    ['that has no whole number', field('a', prim('int'), stated(1.2, 1.8))],
    ['of a pattern that is not followed', field('a', pattern('^(?=x)x$'))],
  ])('an event with a field %s has none', (_, given) => {
    expect(samplesOf(irOf(types, [{ ...event, payload: [given] }]))).toEqual({});
  });

  it('without events there is no file', () => {
    expect(emitSamples(irOf(types), 'out')).toEqual([]);
  });
});

describe('a text of a pattern', () => {
  it.each([
    ['^abc$', 'abc'],
    ['^a|b$', 'a'],
    ['^(?:x|y)+$', 'x'],
    ['^(?<year>\\d{4})-\\w{1,3}$', '0000-a'],
    ['^[^a]\\.\\/$', 'A./'],
    ['^\\u{61}\\x62\\n?$', 'ab'],
    ['^[^]*$', ''],
    ['^[а-я]\\n$', 'а\n'],
    ['^.{3}$', '...'],
    ['^a{2000}$', undefined],
    [`^${'('.repeat(60)}a${')'.repeat(60)}$`, undefined],
    ['^(a)\\1$', undefined],
    ['^(?!a)b$', undefined],
  ])('%s', (given, text) => {
    expect(patternSample(given)).toBe(text);
  });
});
