import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const fence = (lang: string, ...lines: string[]) => `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n\n`;
const event = (id: string, type: string, payload: string) => [
  `${id}:`,
  `  event_type: "${type}"`,
  `  payload: { ${payload} }`,
];

function diagnose(text: string, overlay?: string, roots?: string[]) {
  const found = generate(specOf(text), {
    ...(overlay === undefined ? {} : { overlay: { path: 'overlay.yaml', text: overlay } }),
    ...(roots ? { roots } : {}),
  });
  return {
    ...found,
    lines: found.diagnostics.map(
      (d) => `${d.severity} ${d.rule} ${d.place.file}:${d.place.line} ${d.message}`,
    ),
  };
}

describe('names', () => {
  it('an undefined type is an error at its first use, with its other uses', () => {
    const { lines, diagnostics } = diagnose(
      `## 1.2 S\n\n${fence('yaml', 'A:', '  x: Ghost', '  y: Ghost[] | null')}`,
    );
    expect(lines).toEqual([
      'error codegen/undefined-type Spec_v01.md:5 Unexpected type Ghost, expected one that the spec or the overlay defines',
    ]);
    expect(diagnostics[0]!.related).toMatchObject([{ place: { line: 6 } }]);
  });

  it('C07: one event id in two blocks with different keys is an error with both lines', () => {
    const text = `## 1.2 S\n\n${fence('yaml', ...event('FR-EVT-X-001', 'x', 'a: int'))}## 1.3 T\n\n${fence('yaml', ...event('FR-EVT-X-001', 'x', 'b: int'))}`;
    const { lines } = diagnose(text);
    expect(lines[0]).toBe(
      'error codegen/duplicate-definition Spec_v01.md:4 Unexpected second definition of FR-EVT-X-001 with another shape (line 12), expected one; that of 1.2 is used',
    );
  });

  it('two events with one type string are an error', () => {
    const text = `## 1.2 S\n\n${fence('yaml', ...event('FR-EVT-X-001', 'x', 'session_id: uuid'), ...event('FR-EVT-X-002', 'x', 'session_id: uuid'))}`;
    expect(diagnose(text).lines).toEqual([
      'error codegen/duplicate-event-type Spec_v01.md:7 Unexpected type "x" of FR-EVT-X-002, expected one that FR-EVT-X-001 does not use',
    ]);
  });

  it('an equal copy is no conflict; an archived copy of another shape is a warning and is not used', () => {
    const text = `## 1.2 S\n\n${fence('yaml', 'A:', '  x: int')}## 1.3 Old (Archived Copy) (Non-Normative)\n\n${fence('yaml', 'A:', '  x: string')}`;
    const { lines, ir } = diagnose(text);
    expect(lines).toEqual([
      'warning codegen/duplicate-definition Spec_v01.md:4 Unexpected second definition of A with another shape (line 11), expected one; that of 1.2 is used',
    ]);
    expect(ir.types).toMatchObject([{ fields: [{ type: { name: 'int' } }] }]);
    expect(
      diagnose(`## 1.2 S\n\n${fence('yaml', 'A:', '  x: int')}${fence('yaml', 'A:', '  x: int # same')}`)
        .lines,
    ).toEqual([]);
  });

  it('roots keep what they reach and nothing else', () => {
    const text = `## 1.2 S\n\n${fence('yaml', 'A:', '  x: B', 'B:', '  y: int', 'C:', '  z: Ghost')}`;
    const { ir, lines, counts } = diagnose(text, undefined, ['A']);
    expect(ir.types.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(lines).toEqual([]);
    expect(counts).toMatchObject({ records: 2, fields: 2 });
  });
});

describe('payload items without a type', () => {
  const records = fence(
    'yaml',
    'A:',
    '  id: string # stable UUID',
    '  role: string',
    '  note: string | null',
    'B:',
    '  id: string',
    '  role: enum [X, Y]',
  );
  const text = `## 1.2 S\n\n${records}${fence('yaml', ...event('FR-EVT-X-001', 'x', 'session_id: uuid, id, role, note, ghost, ids[]'))}`;

  it('one record field of the name gives the type, with its exact format; the rest stays open and is listed', () => {
    const { ir, lines } = diagnose(text);
    expect(ir.events[0]!.payload.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['session_id', { kind: 'prim', name: 'uuid' }, false],
      ['id', { kind: 'prim', name: 'uuid' }, false],
      ['role', { kind: 'untyped' }, false],
      ['note', { kind: 'prim', name: 'string' }, true],
      ['ghost', { kind: 'untyped' }, false],
      ['ids', { kind: 'array', of: { kind: 'untyped' } }, false],
    ]);
    expect(lines.map((line) => line.split(' Spec')[0])).toEqual([
      'warning codegen/payload-ambiguous',
      'warning codegen/payload-untyped',
      'warning codegen/payload-untyped',
      'info codegen/payload-nullable',
    ]);
  });

  it('the overlay types them, and what it answers becomes information', () => {
    const overlay = `schema: govkit.overlay@1
answers:
  - section: '1.2'
    quote: 'payload: { session_id: uuid, id, role, note, ghost, ids[] }'
    why: because
    payload: FR-EVT-X-001
    fields: { role: BRole, note: string, ghost: 'int | null', ids: 'uuid[]' }
`;
    const { ir, diagnostics } = diagnose(text, overlay);
    expect(ir.events[0]!.payload.slice(2).map(({ type, nullable }) => [type, nullable])).toEqual([
      [{ kind: 'ref', name: 'BRole' }, false],
      [{ kind: 'prim', name: 'string' }, false],
      [{ kind: 'prim', name: 'int' }, true],
      [{ kind: 'array', of: { kind: 'prim', name: 'uuid' } }, false],
    ]);
    expect(
      diagnostics.map((d) => [d.severity, d.message.endsWith('; answered by overlay'), d.related?.at(-1)]),
    ).toEqual(
      Array(4).fill([
        'info',
        true,
        { place: expect.objectContaining({ file: 'overlay.yaml', line: 3 }), note: 'because' },
      ]),
    );
  });
});

describe('correlation', () => {
  it('session_id correlates; a payload without it has to be answered', () => {
    const text = `## 1.2 S\n\n${fence('yaml', ...event('FR-EVT-X-001', 'x', 'session_id: uuid'), ...event('FR-EVT-X-002', 'y', 'root: uuid'))}`;
    const { ir, lines } = diagnose(text);
    expect(ir.events.map((node) => node.correlation?.field ?? null)).toEqual(['session_id', null]);
    expect(lines).toEqual([
      'warning codegen/correlation-unstated Spec_v01.md:7 Unexpected payload of FR-EVT-X-002 without session_id, expected a word on which field gives model_session_id',
    ]);
  });

  it.each(['FR-EVT-X', 'FR-EVT-X-002'])('the overlay answers by family or by event: %s', (key) => {
    const text = `## 1.2 S\n\n${fence('yaml', ...event('FR-EVT-X-002', 'y', 'root: uuid'))}`;
    const overlay = {
      path: 'overlay.yaml',
      text: `schema: govkit.overlay@1\nanswers:\n  - section: '1.2'\n    quote: 'FR-EVT-X-002:'\n    correlation: { ${key}: root }\n`,
    };
    const { ir, diagnostics } = generate(specOf(text), { overlay });
    expect(ir.events[0]?.correlation?.field).toBe('root');
    expect(diagnostics.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'info Unexpected payload of FR-EVT-X-002 without session_id, expected a word on which field gives model_session_id; answered by overlay',
    ]);
  });
});
