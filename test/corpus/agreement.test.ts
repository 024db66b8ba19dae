import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitJsonSchema } from '../../tools/contracts/emit/json-schema.ts';
import { emitSamples } from '../../tools/contracts/emit/samples.ts';
import { emit, generate } from '../../tools/contracts/index.ts';
import { compareJudges, jsonSchemaJudges, zodJudges } from '../contracts/agreement.ts';
import { evaluated } from '../contracts/evaluate.ts';
import { readOwn, readSpec, SESSION_EVENTS, SESSION_ROOTS } from '../contracts/spec-fixture.ts';
import { corpusRoot } from '../support/corpus.ts';

const NAME = 'Handshake_Master_Spec_v02.137.md';
const TEMPLATE = 'templates/overlays/handshake.yaml';
const runs = process.env.GOVKIT_LONG === '1' ? 1000 : 8;
const seed = Number(process.env.GOVKIT_SEED ?? 137);

describe('the session closure of the corpus spec, with its overlay', () => {
  const overlay = { path: TEMPLATE, text: readOwn(TEMPLATE) };
  const { ir } = generate(readSpec(join(corpusRoot, NAME), NAME), { roots: SESSION_ROOTS, overlay });
  const zod = zodJudges(ir, evaluated(ir, emit(ir)));
  const json = jsonSchemaJudges(emitJsonSchema(ir, 'out')[0]!.text);

  it('zod and JSON Schema agree on values and on every change of a field', { timeout: 1_800_000 }, () => {
    const tally = compareJudges(ir, zod, json, { runs, seed });
    expect(tally.faults).toEqual([]);
    expect(tally.values).toBe(runs * (ir.types.length + 2 * ir.events.length + 1));
    expect(Object.keys(tally.rejected)).toEqual(expect.arrayContaining(['absent', 'null', 'kind', 'format']));
  });

  it('every event has two samples that both take', () => {
    const { events } = JSON.parse(emitSamples(ir, 'out')[0]!.text) as {
      events: Record<string, { minimal: unknown; full: unknown }>;
    };
    expect(Object.keys(events).sort()).toEqual([...SESSION_EVENTS].sort());
    for (const [id, { minimal, full }] of Object.entries(events))
      for (const sample of [minimal, full])
        expect([id, zod.get(id)!(sample), json.get('')!(sample)]).toEqual([id, true, true]);
  });
});
