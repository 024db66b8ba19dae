import { linePlace } from '../../findings/index.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { EventMention, EventNode, TypeNode } from '../ir.ts';
import type { Candidate, Collected } from './collect.ts';

/** What is left of a definition that another one was preferred to. */
export function passedOver({ node, archived }: Candidate<EventNode>): EventMention {
  const fields = node.payload.map(
    ({ name, type, presence }) =>
      `${name}${type.kind === 'array' ? '[]' : ''}${presence === 'optional' ? '?' : ''}`,
  );
  const { frId, type, section, evidence } = node;
  return { frId, form: 'passed-over', type, fields, section, archived, evidence };
}

/** An event interface and a record of one name: whoever reads the blocks together merges the two. */
export function sameNames(
  interfaces: Collected['interfaces'],
  all: ReadonlyMap<string, TypeNode>,
): Diagnostic[] {
  return interfaces.flatMap(({ node }) => {
    const other = all.get(node.name)?.evidence[0];
    if (other === undefined) return [];
    const message = `Unexpected second definition of ${node.name} with another shape (line ${other.line}), expected one; the event of that name is used`;
    const related = [{ place: linePlace(other.file, other.line), note: 'main body' }];
    const raw = finding('duplicate-definition', 'warning', node.evidence, message, {
      args: { name: node.name },
      related,
    });
    return [{ key: answerKey.prefer(node.name), owner: node.name, finding: raw }];
  });
}
