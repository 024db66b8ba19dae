import { describe, expect, it } from 'vitest';
import { diffContracts, type Field, type Ir } from '../../../tools/contracts/index.ts';
import { field, ir, record, t } from './model.ts';
import { EVENT_MODEL_CASES, MODEL_CASES } from './model-cases.ts';
import { told } from './told.ts';

const diff = (from: Partial<Ir>, to: Partial<Ir>): string[] => told(diffContracts(ir(from), ir(to)));
describe('what only some dialects can say', () => {
  it.each(MODEL_CASES)('%s', (_name, from, to, expected) => expect(diff(from, to)).toEqual(expected));
});

describe('a record that extends another one', () => {
  const types = (base: Field[], own: Field[], bases = ['Base']) => ({
    types: [record('Base', base), record('Job', own, bases, 7), record('Task', [], ['Job'], 8)],
  });
  it('what changes in the base is told there, once', () => {
    expect(diff(types([field('a', t.int)], []), types([field('a', t.string)], []))).toEqual([
      'field-retyped Base.a PC 2>2: int → string',
    ]);
    expect(diff(types([field('a', t.int)], []), types([], []))).toEqual([
      'field-removed Base.a PC 2>: int → nothing',
    ]);
    expect(diff(types([], []), types([field('a', t.int)], []))).toEqual([
      'field-added-required Base.a P- >2: nothing → int',
    ]);
  });
  it('its own word on a field counts, and is told at it', () => {
    expect(
      diff(types([field('a', t.string)], []), types([field('a', t.string)], [field('a', t.uuid, {}, 9)])),
    ).toEqual(['format-changed Job.a P- 2>9: string → uuid']);
  });
  it('a base that it no longer extends takes its fields along', () => {
    expect(diff(types([field('a', t.int)], []), types([field('a', t.int)], [], []))).toEqual([
      'field-removed Job.a PC 2>: int → nothing',
    ]);
  });
  it('a field that moves into the base is no change', () => {
    expect(diff(types([], [field('a', t.int)]), types([field('a', t.int)], []))).toEqual([
      'field-added-required Base.a P- >2: nothing → int',
    ]);
  });
});

describe('events and their envelope', () => {
  it.each(EVENT_MODEL_CASES)('%s', (_name, from, to, expected) => expect(diff(from, to)).toEqual(expected));
});
