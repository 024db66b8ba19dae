import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Field, generate, type Type } from '../../tools/contracts/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { buildIndex, lintSpec, resolveAnchor, specFileOf } from '../../tools/spec/index.ts';
import { doubledLines, doubleEncoding } from '../../tools/spec/source/encoding.ts';
import { SESSION_ROOTS } from '../contracts/spec-fixture.ts';
import { corpusRoot } from '../support/corpus.ts';
import { doubled } from '../support/doubled.ts';

const NAME = 'Handshake_Master_Spec_v02.137.md';
const text = readFileSync(join(corpusRoot, NAME), 'utf8');
const fileOf = (changed: string) => specFileOf(NAME, new TextEncoder().encode(changed));
const indexOf = (changed: string) => buildIndex(NAME, [fileOf(changed)]);

const index = indexOf(text);
const { ir, diagnostics } = generate(index);
const closure = generate(index, { roots: SESSION_ROOTS }).diagnostics;

/** The spec with one line of it written in another way. */
function withLine(line: number, change: (text: string) => string): string {
  const lines = text.split('\n');
  lines[line - 1] = change(lines[line - 1]!);
  return lines.join('\n');
}

/** `rule line`, and `rule line>line` for each place that a finding is held against. */
function told(findings: readonly Finding[]): Set<string> {
  return new Set(
    findings.flatMap(({ rule, place, related = [] }) => [
      `${rule} ${place.line}`,
      ...related.map((other) => `${rule} ${place.line}>${other.place.line}`),
    ]),
  );
}

/** What has to be diagnosed with file and line, and never guessed: the real places of each (spec-grammar, 8). */
const ROWS: [what: string, rule: string, ...places: (number | string)[]][] = [
  ['an anchor within a template fence', 'spec/in-template-fence', '30456>30332'],
  ['an anchor that a broken fence hides', 'spec/broken-fence', 22296],
  [
    'fence repaired or unclosed',
    'spec/broken-fence',
    ...[10127, 13380, 17052, 17436, 19332, 19456, 21630, 68282, 68345, 69476],
  ],
  ['undefined type: ToolCall, JsonSchema', 'codegen/undefined-type', '30826>31001', '30820>30845'],
  [
    'duplicate type, different shape',
    'codegen/duplicate-definition',
    ...['64250>69242', '19820>8823', '29268>69000'],
  ],
  ['duplicate event id: MT-001, DATA-001', 'codegen/event-type-conflict', '12652>6483', '5231>64611'],
  ['duplicate event id: LLM-EXEC-001', 'codegen/duplicate-definition', '64989>20487'],
  [
    'referenced event without definition',
    'codegen/event-undefined',
    ...[10704, 11817, 11867, 68322, 68329, 68336, 68342, 68625],
  ],
  ['payload item untyped', 'codegen/payload-untyped', 30619, 30623, 30627, 30957, 30961, 30970, 30775],
  ['payload item ambiguous', 'codegen/payload-ambiguous', 30953, 30965],
  ['payload item of doubtful null', 'codegen/payload-nullable', 30763, 30767, 30771],
  ['envelope and discriminator', 'codegen/envelope-mismatch', '64250>30613'],
  ['incompatible override of a base field', 'codegen/incompatible-override', 64409],
  ['default in prose', 'codegen/default-in-prose', 30674, 29286],
  ['comment default that is no value', 'codegen/default-unreadable', 68368],
  ['open vocabulary', 'codegen/open-vocabulary', 30477, 30724],
  ['conditional REQUIRED', 'codegen/conditional-required', 64577, 65016, 22502],
  ['wire casing of an enum unknown', 'codegen/enum-casing', '8946>9033', 9764],
  ['count stated and listed', 'codegen/count-mismatch', '6472>6476'],
  ['schema_version kept for another shape', 'codegen/schema-version-reused', '9850>68793'],
];

describe('the table of what must be diagnosed, on v02.137', () => {
  const found = told([...lintSpec(index), ...closure, ...diagnostics]);

  it.each(ROWS)('%s: %s', (_, rule, ...places) => {
    expect(places.map((place) => `${rule} ${place}`).filter((each) => !found.has(each))).toEqual([]);
  });

  it('an anchor that is ambiguous: 11.5, with the line of each candidate, and that its place broke the tie', () => {
    const { flags, candidates } = resolveAnchor(index, '11.5');
    expect(candidates.map(({ line }) => line)).toEqual([64200, 55197, 61653, 69378]);
    expect(flags).toContain('TIE_BROKEN_BY_PLACE');
  });

  it('a line of a schema block outside the grammar: none, and one where it is planted', () => {
    const yaml = diagnostics.filter(
      ({ rule, message }) => rule === 'codegen/outside-grammar' && !message.includes('TypeScript'),
    );
    expect(yaml).toEqual([]);
    const planted = indexOf(withLine(30472, (line) => line.replace('int', 'float')));
    expect(told(generate(planted, { roots: ['ModelSession'] }).diagnostics)).toContain(
      'codegen/outside-grammar 30472',
    );
  });

  it('a default that another record has is read, with its line', () => {
    const limits = ir.types.find(({ name }) => name === 'SpawnLimits');
    const field = limits?.kind === 'record' ? limits.fields.at(-1) : undefined;
    expect([field?.evidence[0]?.line, field?.default]).toEqual([
      30736,
      { kind: 'from', record: 'SessionSchedulerConfig', field: 'max_concurrent_sessions_global' },
    ]);
  });

  it('mojibake: none, and one line where it is planted', () => {
    expect(doubledLines([fileOf(text)])).toEqual([]);
    expect(told(doubleEncoding(doubledLines([fileOf(withLine(30507, doubled))])))).toEqual(
      new Set(['spec/double-encoding 30507']),
    );
  });
});

describe('evidence and confidence, presence and null', () => {
  const lines = text.split('\n').length;

  /** Every field, also those within objects, with where it belongs. */
  function fieldsIn(fields: readonly Field[], owner: string): [string, Field][] {
    return fields.flatMap((field): [string, Field][] => [
      [`${owner}.${field.name}`, field],
      ...objectsIn(field.type).flatMap((inner) => fieldsIn(inner, `${owner}.${field.name}`)),
    ]);
  }

  function objectsIn(type: Type): Field[][] {
    if (type.kind === 'object') return [type.fields];
    if (type.kind === 'array' || type.kind === 'map') return objectsIn(type.of);
    return type.kind === 'union' || type.kind === 'tuple' ? type.of.flatMap(objectsIn) : [];
  }

  const fields = [
    ...ir.types.flatMap((node) => (node.kind === 'record' ? fieldsIn(node.fields, node.name) : [])),
    ...ir.events.flatMap((event) => fieldsIn(event.payload, event.frId)),
  ];
  const nodes: [string, { evidence: readonly { file: string; line: number }[] }][] = [
    ...ir.types.map((node): [string, typeof node] => [node.name, node]),
    ...ir.events.map((node): [string, typeof node] => [node.frId, node]),
    ...ir.mentions.map((node): [string, typeof node] => [node.frId, node]),
    ...fields,
  ];

  it('every definition, field and mention has a line of the spec, a dialect and a confidence', () => {
    expect(nodes.length).toBeGreaterThan(3500);
    const without = nodes.filter(
      ([, { evidence }]) =>
        evidence.length === 0 ||
        !evidence.every(
          (each) =>
            each.file === NAME &&
            each.line >= 1 &&
            each.line <= lines &&
            'dialect' in each &&
            'confidence' in each,
        ),
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('a field stands on the line that its evidence names', () => {
    const all = text.split('\n');
    const elsewhere = fields.filter(
      ([, { name, evidence }]) => !evidence.some(({ line }) => all[line - 1]!.includes(name)),
    );
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });

  it('47 fields of the event interfaces may be absent and may be null, and neither says the other', () => {
    const own = ir.events.filter(({ extends: base }) => base !== undefined);
    const shapes = [...new Map(own.map((event) => [event.evidence.at(-1)!.line, event])).values()];
    const both = shapes
      .flatMap((event) => fieldsIn(event.payload, event.frId))
      .filter(([, { presence, nullable }]) => presence === 'optional' && nullable);
    const kinds = new Set(fields.map(([, { presence, nullable }]) => `${presence} ${nullable}`));
    expect(kinds).toEqual(new Set(['required false', 'required true', 'optional false', 'optional true']));
    expect(both).toHaveLength(47);
  });
});
