import { buildIndex, identifiersOf, type SpecIndex, specFileOf } from '../../../tools/spec/index.ts';

export function indexOf(text: string, name = 'Acme_Master_Spec_v01.02.md'): SpecIndex {
  return buildIndex(name, [specFileOf(name, new TextEncoder().encode(text))]);
}

/** `ID form line-endLine title` of every definition, in order. */
export function definitionsIn(text: string): string[] {
  return identifiersOf(indexOf(text)).flatMap(({ id, definitions }) =>
    definitions.map(({ form, line, endLine, title }) => `${id} ${form} ${line}-${endLine} ${title}`.trim()),
  );
}
