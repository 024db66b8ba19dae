import type { Field } from '../ir.ts';
import { below, type ContractChange, changeAt, NOBODY, type Spot } from './change.ts';
import type { Sides } from './side.ts';
import { fieldText } from './text.ts';

/** They change what a value means, or who may come, and not which values have the shape. */
const SHAPELESS = new Set([
  'contract/default-added',
  'contract/default-changed',
  'contract/default-removed',
  'contract/meaning-changed',
  'contract/vocabulary-changed',
]);

/** The field that tells readers which shape a value has: it says the same although the shape is another. */
export function versionKept(
  spot: Spot,
  from: readonly Field[],
  to: readonly Field[],
  changes: readonly ContractChange[],
  sides: Sides,
): ContractChange[] {
  if (changes.every(({ rule }) => SHAPELESS.has(rule))) return [];
  const before = new Map(from.map((field) => [field.name, field]));
  return to.flatMap((field) => {
    const old = before.get(field.name);
    if (old?.type.kind !== 'literal' || field.type.kind !== 'literal') return [];
    if (!/^schema(?:_version)?$/.test(field.name) || old.type.value !== field.type.value) return [];
    const at = {
      ...spot,
      path: below(spot.path, field.name),
      from: old.evidence[0],
      to: field.evidence[0],
    };
    return [
      changeAt(
        at,
        'contract/schema-version-kept',
        NOBODY,
        fieldText(old, sides.from),
        fieldText(field, sides.to),
      ),
    ];
  });
}
