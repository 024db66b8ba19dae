import { linePlace } from '../../findings/index.ts';
import { canonicalJson } from '../../text/index.ts';
import { append } from '../append.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { Field, RecordNode, TypeNode } from '../ir.ts';

/**
 * One `schema_version` literal in records of different shape: a reader that trusts it reads the one as the other.
 * Takes every definition, those that another one was preferred to included.
 */
export function schemaVersions(candidates: readonly TypeNode[]): Diagnostic[] {
  const byVersion = new Map<string, { node: RecordNode; at: Field }[]>();
  for (const node of candidates) {
    if (node.kind !== 'record') continue;
    const at = node.fields.find(({ name }) => name === 'schema_version');
    if (at?.type.kind !== 'literal') continue;
    const version = String(at.type.value);
    // A bare number says which version, and not of what.
    if (/^v?[\d.]+$/.test(version)) continue;
    append(byVersion, version, { node, at });
  }
  return [...byVersion].flatMap(([version, [first, ...rest]]) => {
    const shape = shapeOf(first!.node.fields);
    const others = rest.filter(({ node }) => shapeOf(node.fields) !== shape);
    if (others.length === 0) return [];
    const names = [...new Set([first!, ...others].map(({ node }) => node.name))].join(', ');
    const message = `Unexpected schema_version "${version}" of ${others.length + 1} shapes (${names}), expected another version for another shape`;
    const related = others.map(({ node, at }) => ({
      place: linePlace(at.evidence[0]!.file, at.evidence[0]!.line),
      note: `${node.name} with another shape`,
    }));
    const details = { args: { version, name: first!.node.name }, related };
    return [
      {
        finding: finding('schema-version-reused', 'warning', first!.at.evidence[0]!, message, details),
      },
    ];
  });
}

/** Names, types, presence and nullability: what a reader of the record depends on. */
function shapeOf(fields: readonly Field[]): string {
  return canonicalJson(fields.map(bare).sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function bare({ name, type, presence, nullable }: Field): { name: string } & Record<string, unknown> {
  return { name, presence, nullable, type: JSON.parse(canonicalJson(type), withoutPlaces) };
}

const PLACES = new Set(['evidence', 'doc']);

function withoutPlaces(key: string, value: unknown): unknown {
  return PLACES.has(key) ? undefined : value;
}
