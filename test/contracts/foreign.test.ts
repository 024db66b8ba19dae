import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emit, fieldsOf, generate, type TypeNode } from '../../tools/contracts/index.ts';
import { ROOT, specOf } from './spec-fixture.ts';

const NAME = 'editor-link.md';
const text = readFileSync(`${ROOT}test/contracts/fixtures/${NAME}`, 'utf8');
const { ir, diagnostics, dialects } = generate(specOf(text, NAME));
const types = new Map(ir.types.map((node) => [node.name, node]));

/** A definition in one line. */
function said(node: TypeNode | undefined): unknown {
  if (node?.kind === 'enum') return node.members.map(({ value }) => value);
  if (node?.kind === 'alias') return node.type;
  return (
    node && fieldsOf(node, types).map(({ name, presence }) => (presence === 'optional' ? `${name}?` : name))
  );
}

describe('a specification of another house, in Markdown with TypeScript blocks', () => {
  it('goes through the same front end', () => {
    expect(dialects).toEqual([
      { dialect: 'typescript', blocks: 12, refused: 0, records: 19, enums: 7, aliases: 7, events: 0 },
    ]);
    expect(ir.types.map(({ name }) => name)).toEqual([
      'integer',
      'uinteger',
      'LinkAny',
      'LinkObject',
      'LinkArray',
      'Message',
      'RequestMessage',
      'ResponseMessage',
      'ResponseError',
      'ErrorCodes',
      'Position',
      'Range',
      'Location',
      'DocumentUri',
      'Diagnostic',
      'DiagnosticRelatedInformation',
      'DiagnosticSeverity',
      'DiagnosticTag',
      'WorkspaceEdit',
      'TextEdit',
      'TextDocumentEdit',
      'DocumentIdentifier',
      'VersionedDocument',
      'CreateFile',
      'DocumentSymbol',
      'SymbolKind',
      'SymbolEdit',
      'MarkupKind',
      'Handle',
      'ProgressParams',
      'Analyser',
    ]);
  });

  it.each<[string, unknown]>([
    ['integer', { kind: 'prim', name: 'number' }],
    ['RequestMessage', ['jsonrpc', 'id', 'method', 'params?']],
    ['ErrorCodes', [-32700, -32600, -32800]],
    ['DiagnosticSeverity', [1, 2, 3, 4]],
    ['SymbolKind', [1, 2, 5]],
    ['MarkupKind', ['plaintext', 'markdown']],
    ['VersionedDocument', ['uri', 'version']],
    ['SymbolEdit', ['start', 'end', 'uri', 'label']],
    ['LinkObject', { kind: 'map', of: { kind: 'ref', name: 'LinkAny' } }],
    ['LinkArray', { kind: 'array', of: { kind: 'ref', name: 'LinkAny' } }],
    ['Handle', { kind: 'pattern', pattern: '^link:\\/\\/[\\s\\S]*\\/-?\\d+(?:\\.\\d+)?$' }],
  ])('%s', (name, expected) => {
    expect(said(types.get(name))).toEqual(expected);
  });

  it.each<[string, string, unknown]>([
    ['DocumentSymbol', 'offsets', { kind: 'tuple', of: [{ name: 'uinteger' }, { name: 'uinteger' }] }],
    ['DocumentSymbol', 'children', { kind: 'array', of: { kind: 'ref', name: 'DocumentSymbol' } }],
    ['WorkspaceEdit', 'changes', { kind: 'map', of: { kind: 'array', of: { name: 'TextEdit' } } }],
    ['ProgressParams', 'value', { kind: 'prim', name: 'json' }],
  ])('%s.%s', (record, field, type) => {
    const node = types.get(record);
    const found = node?.kind === 'record' ? node.fields.find(({ name }) => name === field) : undefined;
    expect(found?.type).toMatchObject(type as object);
  });

  it('where sections have no numbers, a definition names the title of its own', () => {
    const sections = ['Position', 'RequestMessage', 'SymbolKind'].map((name) => types.get(name)?.section);
    expect(sections).toEqual(['Position', 'Request Message', 'Symbols']);
  });

  it('doc comments are taken over, also where they have several lines', () => {
    const docs = (name: string) => types.get(name)?.doc;
    expect([docs('integer'), docs('Range')]).toEqual(['A whole number between -2^31 and 2^31 - 1.', '']);
    const position = types.get('Position');
    expect(position?.kind === 'record' && position.fields[0]!.doc).toBe('Line of a document. @since 0.2.0');
    const severity = types.get('DiagnosticSeverity');
    expect(severity?.kind === 'enum' && severity.members[0]).toEqual({ value: 1, doc: 'An error.' });
  });

  it('what no contract can carry is reported where it stands', () => {
    expect(diagnostics.map(({ severity, place, message }) => `${severity} ${place.line} ${message}`)).toEqual(
      [
        'warning 196 Unexpected type parameter T of ProgressParams, expected none; it is read as any JSON',
        'warning 202 Unexpected member run(query: string): void; of Analyser, expected a property with a type',
      ],
    );
  });

  it('gives one file of types and an index, and no events', () => {
    expect(emit(ir, { out: 'x' }).map(({ path }) => path)).toEqual(['x/types.ts', 'x/index.ts']);
  });
});
