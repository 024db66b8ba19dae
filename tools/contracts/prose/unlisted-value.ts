import { linePlace } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { append } from '../append.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EnumNode, Evidence, TypeNode } from '../ir.ts';
import { scopeOf } from './scope.ts';
import { sentencesOf } from './sentences.ts';

/** Only next to the word itself: elsewhere an upper-case word may be a constant, a file or an acronym. */
const STATE = /`([A-Z][A-Z0-9_]{2,})` (?:state|status)\b|\b(?:state|status) `([A-Z][A-Z0-9_]{2,})`/g;

/**
 * Words that a clause uses as a state and that no enum has, so that whoever implements the clause has no value for
 * it (`QUEUED` of INV-SCHED-002). Takes all definitions that the clause may mean.
 */
export function unlistedValues(index: SpecIndex, types: readonly TypeNode[]): Diagnostic[] {
  const enums = types.filter((node): node is EnumNode => node.kind === 'enum');
  const values = new Map<string, { node: EnumNode; evidence: Evidence; value: string }[]>();
  const exact = new Set<string>();
  for (const node of enums)
    for (const { value } of node.members) {
      const text = String(value);
      exact.add(text);
      const key = text.replace(/_/g, '').toUpperCase();
      append(values, key, { node, evidence: node.evidence[0]!, value: text });
    }
  const found: Diagnostic[] = [];
  for (const section of scopeOf(index, types))
    for (const { text, file, line } of sentencesOf(index, section))
      for (const match of text.matchAll(STATE)) {
        const word = match[1] ?? match[2]!;
        if (exact.has(word)) continue;
        const near = values.get(word.replace(/_/g, '')) ?? [];
        const other = near[0] && `; ${near[0].node.name} has "${near[0].value}"`;
        const message = `Unexpected state ${word}, expected a value of an enum${other ?? ''}`;
        const related = near.map(({ node, evidence, value }) => ({
          place: linePlace(evidence.file, evidence.line),
          note: `${node.name} has "${value}"`,
        }));
        const details = { args: { value: word }, related };
        found.push({ finding: finding('unlisted-value', 'warning', { file, line }, message, details) });
      }
  return found;
}
