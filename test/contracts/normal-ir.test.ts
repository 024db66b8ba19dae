import { expect, it } from 'vitest';
import { generate, type Ir } from '../../tools/contracts/index.ts';
import { differences, normalIr } from './normal-ir.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec } from './spec-fixture.ts';

/** Where a definition stands and in which words: two specs may differ in it. */
const NO_FACT = new Set(['mentions', 'evidence', 'doc', 'section', 'fingerprint', 'kind']);

const { ir } = generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), {
  overlay: { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) },
});

// No event of ours narrows the envelope; an event of another spec may.
ir.events[0]!.narrows = [{ ...ir.envelope!.fields[0]!, presence: 'required' }];

/** One path into the IR for each property that its nodes have: `record.fields.nullMeaning`. */
function places(value: unknown, path: string[] = [], name = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (value === null || typeof value !== 'object') return found.set(name, path);
  for (const [key, inner] of Object.entries(value)) {
    if (NO_FACT.has(key)) continue;
    const kind = 'kind' in value ? String(value.kind) : name;
    const next = Array.isArray(value) ? name : `${kind}.${key}`;
    for (const [each, at] of places(inner, [...path, key], next)) if (!found.has(each)) found.set(each, at);
  }
  return found;
}

function changed(at: readonly string[]): Ir {
  const copy = structuredClone(ir);
  let node = copy as unknown as Record<string, unknown>;
  for (const key of at.slice(0, -1)) node = node[key] as Record<string, unknown>;
  const key = at.at(-1)!;
  const old = node[key];
  if (key === 'presence') node[key] = old === 'required' ? 'optional' : 'required';
  else if (key === 'correlation') node[key] = { field: 'x' };
  else node[key] = typeof old === 'number' ? old + 1 : typeof old === 'boolean' ? !old : `${old}x`;
  return copy;
}

const parts = { types: ir.types, events: ir.events, envelope: ir.envelope };
const all = [...places(parts)];

it('the IR has every kind of property, or this test proves nothing', () => {
  const names = all.map(([name]) => name);
  for (const wanted of [
    'bounds.min',
    'fk',
    'nullMeaning',
    'open',
    'hard',
    'from.record',
    'accepts',
    'utc',
    'narrows',
  ])
    expect(
      names.filter((name) => name.includes(wanted)),
      wanted,
    ).not.toEqual([]);
});

it.each(all)('a change of %s is a difference', (_, at) => {
  expect(differences(normalIr(ir), normalIr(changed(at)))).not.toEqual([]);
});
