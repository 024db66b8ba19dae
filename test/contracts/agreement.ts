import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { z } from 'zod';
import type { Ir } from '../../tools/contracts/index.ts';
import { eachMutation, type MutationKind } from './mutations.ts';
import { Values } from './values.ts';

export type Judge = (value: unknown) => boolean;

/** What emitted JSON Schema says of a value, by definition; the empty name is the whole of it. */
export function jsonSchemaJudges(text: string): Map<string, Judge> {
  const schema = JSON.parse(text);
  const ajv = new Ajv2020({ strict: true, inlineRefs: false });
  ajv.addSchema(schema, 'contracts');
  const names = ['', ...Object.keys(schema.$defs)];
  return new Map(
    names.map((name) => {
      const fragment = name === '' ? '' : `#/$defs/${encodeURIComponent(name)}`;
      const validate = ajv.getSchema(`contracts${fragment}`)!;
      return [name, (value) => validate(value) as boolean];
    }),
  );
}

/** What zod says; the whole of it is the schema that the id of the event names. */
export function zodJudges(ir: Ir, schemas: ReadonlyMap<string, z.ZodType>): Map<string, Judge> {
  const idField = ir.envelope?.idField ?? '';
  const ids = new Set(ir.events.map(({ frId }) => frId));
  const root: Judge = (value) => {
    const id = value instanceof Object && Object.hasOwn(value, idField) && Reflect.get(value, idField);
    return typeof id === 'string' && ids.has(id) && accepts(schemas.get(id)!, value);
  };
  return new Map([
    ['', root],
    ...[...schemas].map(([name, schema]): [string, Judge] => [name, (value) => accepts(schema, value)]),
  ]);
}

/** `safeParse` without its error, whose text would take three quarters of the time. */
function accepts(schema: z.ZodType, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  if (result instanceof Promise) throw new TypeError('a generated schema is never asynchronous');
  return result.issues.length === 0;
}

export interface Tally {
  values: number;
  accepted: Partial<Record<MutationKind, number>>;
  rejected: Partial<Record<MutationKind, number>>;
  /** Two that judge differently, or a valid value refused: with what, where, and the seed that finds it again. */
  faults: string[];
}

/** Holds two judges against each other, on `runs` values of each definition and every mutation of each value. */
export function compareJudges(
  ir: Ir,
  zod: ReadonlyMap<string, Judge>,
  json: ReadonlyMap<string, Judge>,
  { runs, seed }: { runs: number; seed: number },
): Tally {
  const tally: Tally = { values: 0, accepted: {}, rejected: {}, faults: [] };
  const values = new Values(ir).all();
  const events = ir.events.map(({ frId }) => values.get(frId)!);
  if (events.length > 0) values.set('', fc.oneof(...events));
  const fault = (what: string, name: string, value: unknown) => {
    if (tally.faults.length < 10)
      tally.faults.push(`${name || 'event'}: ${what} (seed ${seed}): ${JSON.stringify(value)}`);
  };
  for (const [name, arbitrary] of values) {
    const [byZod, byJson] = [zod.get(name)!, json.get(name)!];
    for (const value of fc.sample(arbitrary, { numRuns: runs, seed })) {
      tally.values += 1;
      if (!byZod(value)) fault('zod refuses a valid value', name, value);
      if (!byJson(value)) fault('JSON Schema refuses a valid value', name, value);
      eachMutation(value, (kind, at, changed) => {
        const accepts = byZod(changed);
        const side = accepts ? tally.accepted : tally.rejected;
        side[kind] = (side[kind] ?? 0) + 1;
        if (byJson(changed) !== accepts)
          fault(`zod ${accepts ? 'takes' : 'refuses'} ${kind} at ${at || 'the root'}`, name, changed);
      });
    }
  }
  return tally;
}
