import type { GovTree } from '../../artifacts/index.ts';
import { type AnchorResult, resolveAnchor, type SpecIndex } from '../../spec/index.ts';
import type { AnchorRow } from '../data/governance.ts';

/** Every anchor of every stub, in the order of the files, and where it leads in the spec of today. */
export function anchorRows(tree: GovTree, spec: SpecIndex): AnchorRow[] {
  return tree.stubs.flatMap(({ stem, candidates }) =>
    candidates.map(({ text, place }): AnchorRow => {
      const result = resolveAnchor(spec, text);
      const { status, flags, reasons } = result;
      return {
        query: text,
        wp_id: stem,
        file: place.file,
        line: place.line,
        status,
        flags: [...flags],
        section: sectionOf(result),
        reasons: [...reasons],
      };
    }),
  );
}

/** The section that was chosen; its line is that of the definition or the paragraph, where the anchor names one. */
function sectionOf({ section, identifier, paragraph }: AnchorResult): AnchorRow['section'] {
  if (section === undefined) return null;
  const { file, line } = identifier?.definition ?? paragraph ?? section;
  const { number = null, title, authority } = section;
  return { number, title, file, line, authority };
}
