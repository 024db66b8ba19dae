import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { Collected } from '../resolve/collect.ts';
import type { Answers } from './answers.ts';

/** Answers about an event or definition that the spec has not: they hide the next question. */
export function strayAnswers(
  { payloads, narrows, correlation, prefer, places }: Answers,
  { types, events }: Pick<Collected, 'types' | 'events'>,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const miss = (what: string, at: { file: string; line: number } | undefined, expected: string): void => {
    if (at === undefined) return;
    const message = `Unexpected answer about ${what}, expected ${expected}`;
    diagnostics.push({ finding: finding('overlay-target', 'error', at, message) });
  };
  const ids = new Set(events.map(({ node }) => node.frId));
  const families = new Set(events.map(({ node }) => node.family));
  const fields = [...payloads].map(([id, items]) => [id, [...items.values()]] as const);
  for (const [id, [first]] of [...fields, ...narrows])
    if (!ids.has(id)) miss(id, first?.evidence[0], 'an event that the spec defines');
  for (const [key, { evidence }] of correlation)
    if (!ids.has(key) && !families.has(key))
      miss(key, evidence, 'an event or a family that the spec defines');
  for (const [name, section] of prefer) {
    const defined = [
      ...types.filter(({ node }) => node.name === name),
      ...events.filter(({ node }) => node.frId === name),
    ].some(({ node }) => node.section === section);
    const place = places.get(answerKey.prefer(name))?.place;
    if (!defined) miss(name, place, `a definition of it in section ${section}`);
  }
  return diagnostics;
}
