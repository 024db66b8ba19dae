import type { Snapshot } from '../snapshot/index.ts';
import { buildIndex } from './build.ts';
import { doubledLines, doubleEncoding, newDoubleEncoding } from './encoding.ts';
import type { SpecIndex } from './model.ts';
import { predecessorOf } from './predecessor.ts';
import { findSpec, knownSpecFiles, type SpecOptions } from './source.ts';

export { parseAnchor } from './anchors.ts';
export { ancestors, buildIndex } from './build.ts';
export { type Pointer, parseSpecCurrent, SPEC_CURRENT_PATHS } from './current.ts';
export { specFileOf } from './file.ts';
export {
  contentWords,
  type HeadingParts,
  isPrefix,
  parseHeading,
  sharedWords,
  stripTags,
} from './headings.ts';
export {
  type AddendumParagraph,
  addenda,
  descendantsOf,
  fingerprintOf,
  ownFingerprintOf,
  ownLines,
  sectionAt,
  sectionLines,
  sectionsByNumber,
} from './lookup.ts';
export type {
  AnchorFlag,
  AnchorQuery,
  AnchorResult,
  AnchorStatus,
  Authority,
  CodeBlock,
  MatrixRow,
  SectionKind,
  SpecFile,
  SpecIndex,
  SpecSection,
} from './model.ts';
export { type ResolveOptions, resolveAnchor, STATUSES, statusCounts } from './resolve.ts';
export { SPEC_RULES } from './rules.ts';
export { findSpec, knownSpecFiles, type SpecOptions, type SpecSource } from './source.ts';

/**
 * Finds the Master Spec and indexes it. Throws a TreeError (`spec/missing`, `spec/unreadable`) when the tree
 * has none that can be read, a UsageError when `options.spec` names none.
 */
export async function loadSpec(snapshot: Snapshot, options: SpecOptions): Promise<SpecIndex> {
  const { source, files } = await findSpec(snapshot, options);
  const index = buildIndex(source, files);
  index.specFiles = await knownSpecFiles(snapshot);
  await judgeEncoding(index, snapshot, options.root);
  return index;
}

/** The predecessor is looked for only where something is encoded twice. */
async function judgeEncoding(index: SpecIndex, snapshot: Snapshot, root: string): Promise<void> {
  const doubled = doubledLines(index.files);
  if (doubled.length === 0) return;
  index.findings.push(...doubleEncoding(doubled));
  const before = await predecessorOf(snapshot, index.source, root);
  if (before) index.findings.push(...newDoubleEncoding(doubled, before.files, before.name));
}
