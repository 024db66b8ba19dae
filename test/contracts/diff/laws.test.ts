import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTRACT_RULES,
  type ContractChange,
  diffContracts,
  generate,
  type Ir,
} from '../../../tools/contracts/index.ts';
import { OWN_INCLUDE, OWN_OVERLAY, OWN_SPEC, readOwn, specOf } from '../spec-fixture.ts';
import { EVENT_CASES, FIELD_CASES, TYPE_CASES } from './cases.ts';
import { field, ir, record, t } from './model.ts';
import { EVENT_MODEL_CASES, MODEL_CASES } from './model-cases.ts';
import { irOf, told } from './told.ts';

const CASES = [...TYPE_CASES, ...FIELD_CASES, ...EVENT_CASES];

const own = (change: (text: string) => string = (text) => text): Ir =>
  generate(specOf(change(readOwn(OWN_SPEC)), OWN_SPEC), {
    overlay: { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) },
    include: OWN_INCLUDE,
  }).ir;

/** Prose in other lines; what the overlay quotes stays, since it answers to that line. */
function rewrapped(text: string): string {
  const overlay = readOwn(OWN_OVERLAY);
  let fenced = false;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) fenced = !fenced;
      return fenced || !/^[A-Z].{60}/.test(line) || overlay.includes(line)
        ? line
        : line.replace(/ (?=\w+$)/, '\n');
    })
    .join('\n');
}

/** As an editor that takes UTF-8 for CP1252 leaves it behind. */
const doubled = (text: string): string =>
  text.replaceAll('§', 'Â§').replaceAll('→', 'â†’').replaceAll('—', 'â€”').replaceAll('≥', 'â‰¥');

const MIRROR: Record<string, string> = {
  'type-added': 'type-removed',
  'enum-member-added': 'enum-member-removed',
  'field-added-required': 'field-removed',
  'field-added-optional': 'field-removed',
  'field-widened': 'field-narrowed',
  'field-became-required': 'field-became-optional',
  'nullable-added': 'nullable-removed',
  'default-added': 'default-removed',
  'bound-tightened': 'bound-loosened',
  'vocabulary-opened': 'vocabulary-closed',
  'event-added': 'event-removed',
  'envelope-field-required': 'envelope-field-optional',
};

/** A name for a rule and its mirror alike; `side` 1 for the one that is told the other way round. */
function mirrored({ rule }: ContractChange, reversed: boolean): string {
  const id = rule.replace('contract/', '');
  if (!reversed) return id;
  const back = Object.entries(MIRROR).flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []));
  return back[0] ?? id;
}

describe('laws', () => {
  it('a spec against itself, and against itself with other prose, places and encoding: nothing', () => {
    const whole = own();
    expect(whole.events.length).toBeGreaterThan(10);
    expect(diffContracts(whole, own())).toEqual([]);
    expect(
      told(
        diffContracts(
          whole,
          own((text) => `${'\n'.repeat(9)}${text}\n`),
        ),
      ),
    ).toEqual([]);
    expect(
      told(
        diffContracts(
          whole,
          own((text) => text.replaceAll('\n', '\r\n')),
        ),
      ),
    ).toEqual([]);
    expect(rewrapped(readOwn(OWN_SPEC))).not.toBe(readOwn(OWN_SPEC));
    expect(told(diffContracts(whole, own(rewrapped)))).toEqual([]);
  });

  it('double encoding in comments is no change', () => {
    const lines = ['Job:', '  id: uuid # §4.3 — stable', '  n: int # default 3; ≥ all → x'];
    expect(doubled(lines.join('\n'))).not.toBe(lines.join('\n'));
    expect(told(diffContracts(irOf(lines), irOf(lines.map(doubled))))).toEqual([]);
  });

  it.each(CASES.map((each) => [each.name, each] as const))(
    'the other way round, each rule has its mirror: %s',
    (_, { from, to }) => {
      const [a, b] = [irOf(from), irOf(to)];
      const there = diffContracts(a, b);
      const back = diffContracts(b, a);
      const ids = (changes: ContractChange[], reversed: boolean): string[] =>
        changes
          .map((change) => mirrored(change, reversed).replace('field-added-optional', 'field-added-required'))
          .sort();
      expect(ids(back, true)).toEqual(ids(there, false));
    },
  );

  it('whatever stands in a block, it does not differ from itself, and the order of definitions does not count', () => {
    const name = fc.constantFrom('A', 'B', 'C');
    const type = fc.oneof(
      fc.constantFrom('string', 'int', 'uuid', 'json', 'A', 'B', 'enum [X, Y]', '"v@1"'),
      fc.constantFrom('string[]', 'int | null', 'B[] | null', 'enum [X, Y, Z] | null'),
    );
    const comment = fc.constantFrom('', ' # default 3', ' # stable UUID', ' # 0 = none', ' # e.g. "x", "y"');
    const fields = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), type, comment), {
      selector: ([key]) => key,
      minLength: 1,
    });
    const block = fc.uniqueArray(fc.tuple(name, fields), { selector: ([key]) => key, minLength: 1 });
    const linesOf = (records: [string, [string, string, string][]][]): string[] =>
      records.flatMap(([key, list]) => [`${key}:`, ...list.map(([a, b, c]) => `  ${a}: ${b}${c}`)]);
    fc.assert(
      fc.property(block, block, (one, other) => {
        const [a, b] = [irOf(linesOf(one)), irOf(linesOf(other))];
        expect(diffContracts(a, irOf(linesOf([...one].reverse())))).toEqual([]);
        const there = diffContracts(a, b);
        expect(diffContracts(a, b)).toEqual(there);
        expect(diffContracts(b, a).length === 0).toBe(there.length === 0);
        // One place, one rule: nothing is told twice.
        const keys = there.map(({ rule, name: type_, path }) => `${rule} ${type_} ${path}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 300 },
    );
  });

  it('many fields that all have another name take no time', () => {
    const many = (prefix: string): Ir =>
      ir({
        types: [
          record(
            'Job',
            Array.from({ length: 20_000 }, (_, at) => field(`${prefix}${at}`, t.int)),
          ),
        ],
      });
    expect(diffContracts(many('a'), many('b'))).toHaveLength(40_000);
  });
});

it('every rule is told of some planted change or entry, and nothing is told that is no rule', () => {
  const planted = [
    ...CASES.map(({ from, to }) => [irOf(from), irOf(to)] as const),
    ...[...MODEL_CASES, ...EVENT_MODEL_CASES].map(([, from, to]) => [ir(from), ir(to)] as const),
  ];
  const found = planted.flatMap(([from, to]) => diffContracts(from, to).map(({ rule }) => rule));
  // Told of entries, and not of changes: accepted.test.ts.
  const ofEntries = ['contract/accepted-invalid', 'contract/accepted-unused'];
  expect([...new Set([...found, ...ofEntries])].sort()).toEqual(CONTRACT_RULES.map(({ id }) => id));
});
