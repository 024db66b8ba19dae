import type { Cache, Snapshot } from '../snapshot/index.ts';
import { UNKNOWN_VERSION } from './build.ts';
import { cachedIndex } from './cached.ts';
import { doubledLines, doubleEncoding, newDoubleEncoding } from './encoding.ts';
import type { SpecIndex } from './model.ts';
import { predecessorOf } from './predecessor.ts';
import { findSpec, knownSpecFiles, type SpecOptions } from './source.ts';

export { parseAnchor, withVersion } from './anchors.ts';
export { authorityRows } from './authority.ts';
export { buildIndex } from './build.ts';
export { type Modality, type Must, mustsOf } from './clauses/musts.ts';
export { type Pointer, parseSpecCurrent, SPEC_CURRENT_PATHS } from './current.ts';
export { changeOf, diffSpecs } from './diff/diff.ts';
export {
  CHANGES,
  type Change,
  type Hunk,
  type SectionChange,
  type SpecDiff,
} from './diff/model.ts';
export { specFileOf } from './file.ts';
export {
  compareNumbers,
  contentWords,
  type HeadingParts,
  isPrefix,
  parseHeading,
  sameTitle,
  sharedWords,
  stripTags,
} from './headings.ts';
export {
  definitionFingerprint,
  definitionLines,
  FAMILIES,
  type IdentifierFamily,
  identifierById,
  identifiersOf,
  TAG_FAMILIES,
} from './identifiers/index.ts';
export { type Numbering, numberingOf } from './lint/numbering.ts';
export { LINT_RULES } from './lint/registry.ts';
export { lintSpec } from './lint/run.ts';
export {
  type AddendumParagraph,
  addenda,
  ancestors,
  descendantsOf,
  fingerprintOf,
  ownFingerprintOf,
  ownLines,
  ownStretches,
  sectionAt,
  sectionLines,
  sectionsByNumber,
  stretchesOf,
} from './lookup.ts';
export type {
  AnchorFlag,
  AnchorQuery,
  AnchorResult,
  AnchorStatus,
  Authority,
  CodeBlock,
  Identifier,
  IdentifierDefinition,
  IdentifierForm,
  MatrixRow,
  SectionKind,
  SpecFile,
  SpecIndex,
  SpecSection,
} from './model.ts';
export { SPEC_FILE, SPEC_PLACES } from './names.ts';
export type { Span, Stretch } from './pages.ts';
export { type Passage, passagesOf } from './passages.ts';
export { type ResolveOptions, resolveAnchor, STATUSES, statusCounts } from './resolve.ts';
export { SPEC_RULES } from './rules.ts';
export {
  findSpec,
  knownSpecFiles,
  type SpecOptions,
  type SpecSource,
} from './source.ts';
export {
  compareVersions,
  findVersion,
  isVersion,
  type VersionAtHand,
  versionsAtHand,
} from './versions.ts';

/**
 * Finds the Master Spec and indexes it. Throws a TreeError (`spec/missing`, `spec/unreadable`) when the tree
 * has none that can be read, a UsageError when `options.spec` names none. With a `cache`, what was read once is
 * not read again while its bytes stay the same.
 */
export async function loadSpec(
  snapshot: Snapshot,
  options: SpecOptions & { cache?: Cache | undefined },
): Promise<SpecIndex> {
  const { source, files, version, findings } = await findSpec(snapshot, options);
  const index = await cachedIndex(options.cache, source, files);
  // Not of the files' bytes, so not in the cache.
  if (index.version === UNKNOWN_VERSION && version !== undefined) index.version = version;
  index.findings = [...findings, ...index.findings];
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
