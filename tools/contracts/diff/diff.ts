import { compareText } from '../../findings/index.ts';
import type { Ir } from '../ir.ts';
import { type ContractChange, placeOf } from './change.ts';
import { compareEnvelope } from './envelope.ts';
import { compareEvents } from './events.ts';
import { renamedTypes } from './renames.ts';
import { type Sides, sideOf } from './side.ts';
import { compareTypeNodes } from './types.ts';

/**
 * What changed between two contracts: types, the envelope, events. On the type model alone, so that prose, places,
 * encoding and order of definitions are no changes. Pure and deterministic, in the order of the new spec.
 */
export function diffContracts(from: Ir, to: Ir): ContractChange[] {
  const [a, b] = [sideOf(from), sideOf(to)];
  const sides: Sides = { from: a, to: b, renamed: renamedTypes(a, b) };
  const types = compareTypeNodes(sides);
  return [...types, ...compareEnvelope(sides, types), ...compareEvents(sides)].sort(inOrder);
}

function inOrder(a: ContractChange, b: ContractChange): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  return (
    compareText(left?.file ?? '', right?.file ?? '') ||
    (left?.line ?? 0) - (right?.line ?? 0) ||
    compareText(a.name, b.name) ||
    compareText(a.path, b.path) ||
    compareText(a.rule, b.rule)
  );
}
