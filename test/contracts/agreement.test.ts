import { describe, expect, it } from 'vitest';
import { emitJsonSchema } from '../../tools/contracts/emit/json-schema.ts';
import { emit, generate, type Ir } from '../../tools/contracts/index.ts';
import * as generated from '../../tools/generated/index.ts';
import { compareJudges, type Judge, jsonSchemaJudges, zodJudges } from './agreement.ts';
import { evaluated, zodSchemas } from './evaluate.ts';
import { everyKind } from './every-kind.ts';
import { MUTATIONS, type MutationKind } from './mutations.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec, SESSION_ROOTS } from './spec-fixture.ts';

const LONG = process.env.GOVKIT_LONG === '1';
/** The same values on every run; another seed explores further: GOVKIT_SEED=$RANDOM. */
const seed = Number(process.env.GOVKIT_SEED ?? 137);

function own(options: { roots?: readonly string[] }): Ir {
  const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
  return generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay, ...options }).ir;
}

interface Spec {
  name: string;
  ir: Ir;
  zod: (ir: Ir) => Map<string, Judge>;
  /** Values of each definition, where the time is short and where it is not. */
  runs: number;
  long: number;
  /** Changes that no definition of the spec need refuse. */
  harmless: MutationKind[];
}

const specs: Spec[] = [
  {
    name: 'the own spec, as it is committed',
    ir: own({}),
    zod: (ir) => zodJudges(ir, zodSchemas(ir, generated)),
    runs: 6,
    long: 1000,
    // It states no upper bounds: a number is too large only where it is no safe one any more.
    harmless: ['large'],
  },
  {
    name: 'its session closure',
    ir: own({ roots: SESSION_ROOTS }),
    zod: (ir) => zodJudges(ir, evaluated(ir, emit(ir))),
    runs: 8,
    long: 8, // its definitions are those of the whole, which the test below proves: a thousand values were judged
    harmless: ['large'],
  },
  {
    name: 'a spec of every kind',
    ir: everyKind,
    zod: (ir) => zodJudges(ir, evaluated(ir, emit(ir))),
    runs: 25,
    long: 1000,
    harmless: [],
  },
];

describe.each(specs)('zod and JSON Schema agree on $name', ({ ir, zod, runs: short, long, harmless }) => {
  it('about valid values, and about every change of a single field', { timeout: 1_800_000 }, () => {
    const runs = LONG ? long : short;
    const tally = compareJudges(ir, zod(ir), jsonSchemaJudges(emitJsonSchema(ir, 'out')[0]!.text), {
      runs,
      seed,
    });
    expect(tally.faults).toEqual([]);
    expect(tally.values).toBe(runs * (ir.types.length + 2 * ir.events.length + 1));
    const missing = (side: typeof tally.accepted) => MUTATIONS.filter((kind) => side[kind] === undefined);
    expect(missing(tally.rejected).filter((kind) => !harmless.includes(kind))).toEqual([]);
    expect(missing(tally.accepted)).toEqual([]);
  });
});

it('the session closure says of each of its definitions what the whole says, in zod and in JSON Schema', () => {
  const [whole, closure] = [specs[0]!.ir, specs[1]!.ir];
  const schemas = (ir: Ir) => JSON.parse(emitJsonSchema(ir, 'out')[0]!.text).$defs as Record<string, unknown>;
  expect(Object.keys(schemas(closure))).toHaveLength(closure.types.length + 2 * closure.events.length);
  const ofWhole = schemas(whole);
  expect(Object.fromEntries(Object.keys(schemas(closure)).map((name) => [name, ofWhole[name]]))).toEqual(
    schemas(closure),
  );
  const statements = (ir: Ir) => emit(ir).flatMap(({ text }) => text.split(/^(?=export |const |\/\*\*)/m));
  const known = new Set(statements(whole));
  // What lists definitions, and what stands before the first of them, differ.
  const lists =
    /^(?:\/\/ Generated|export (?:const (?:defaults|events|frEventIdOfType)|interface EventPayloads)\b)/;
  const others = statements(closure).filter((text) => !known.has(text));
  expect(others.filter((text) => !lists.test(text))).toEqual([]);
});

describe('a schema that says something else is found out', () => {
  const { text } = emitJsonSchema(everyKind, 'out')[0]!;
  const zod = zodJudges(everyKind, evaluated(everyKind, emit(everyKind)));

  it.each([
    ['open objects', '"additionalProperties": false', '"additionalProperties": true'],
    ['any text for a hash', '"^[0-9a-f]{64}$"', '""'],
    ['any text for a UUID', /"pattern": "\^\(\[0-9a-fA-F\].*"/g, '"minLength": 0'],
    ['a time with an offset for UTC', 'Z$"', '(?:Z|[+]00:00)$"'],
    ['numbers beyond the safe ones', '"maximum": 9007199254740991', '"maximum": 1e300'],
    ['a bound of its own', '"maximum": 3', '"maximum": 1000'],
    ['an inferred bound', /(?<="guess": \{[^}]*"minimum": )-\d+/g, '0'],
    ['fields that may be absent', /"required": \[[^\]]*\]/g, '"required": []'],
    ['a key that sets the prototype', '"const": "__proto__"', '"const": "-"'],
    ['another word', '"it\'s high"', '"it is high"'],
    ['null where nothing says so', '"type": "boolean"', '"type": ["boolean", "null"]'],
    ['an id of another event', '"const": "FR-EVT-A-001"', '"const": "FR-EVT-A-002"'],
  ])('%s', (_, written, instead) => {
    const planted = text.replaceAll(written, instead);
    expect(planted).not.toBe(text);
    const { faults } = compareJudges(everyKind, zod, jsonSchemaJudges(planted), { runs: 3, seed });
    expect(faults).not.toEqual([]);
  });
});
