import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, Field, TypeNode } from '../ir.ts';

/** Fields whose comment gives examples of values: they stay strings, and this says so. */
export function openVocabularies(types: readonly TypeNode[], events: readonly EventNode[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const look = (owner: string, name: string, fields: readonly Field[]): void => {
    for (const field of fields) {
      if (field.open && field.open.length > 0) {
        const message = `Unexpected examples ${field.open.join(', ')} of ${owner}.${field.name}, expected an enum or a closed list; any string is taken`;
        const details = { args: { name, field: field.name, values: field.open } };
        found.push({ finding: finding('open-vocabulary', 'info', field.evidence[0]!, message, details) });
      }
      if (field.type.kind === 'object') look(`${owner}.${field.name}`, name, field.type.fields);
    }
  };
  for (const node of types) if (node.kind === 'record') look(node.name, node.name, node.fields);
  for (const event of events) look(event.frId, event.frId, event.payload);
  return found;
}
