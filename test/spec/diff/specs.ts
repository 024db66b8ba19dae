import {
  buildIndex,
  diffSpecs,
  type SectionChange,
  type SpecIndex,
  specFileOf,
} from '../../../tools/spec/index.ts';

/** A spec of one file from its text. */
export function specOf(text: string, name = 'Acme_Master_Spec_v01.02.md'): SpecIndex {
  return buildIndex(name, [specFileOf(name, new TextEncoder().encode(text))]);
}

/** Prose of one clause: the same for the same seed, and another for another. */
export function prose(seed: string, lines = 2): string {
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
  return Array.from({ length: lines }, (_, line) =>
    words.map((word) => `${word}-${seed}-${line}`).join(' '),
  ).join('\n');
}

/** What became of each section but the unchanged: `RENUMBERED 1.3 Spawn → 1.4 (changed) [note]`. */
export function told(a: string | SpecIndex, b: string | SpecIndex): string[] {
  const [from, to] = [a, b].map((spec) => (typeof spec === 'string' ? specOf(spec) : spec));
  return diffSpecs(from!, to!)
    .sections.filter(({ change }) => change !== 'SAME')
    .map(tell);
}

export function tell({ change, from, to, changed, below, note }: SectionChange): string {
  const section = (from ?? to)!;
  const name = [section.number, section.title].filter(Boolean).join(' ');
  const now = change === 'RENUMBERED' ? ` → ${to!.number ?? 'none'}` : '';
  const title = from && to && from.title !== to.title ? ` "${to.title}"` : '';
  const also = change === 'RENUMBERED' && changed ? ' (changed)' : '';
  return `${change} ${name}${now}${title}${also}${below > 0 ? ` +${below} below` : ''}${note ? ` [${note}]` : ''}`;
}
