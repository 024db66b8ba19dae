import type { Cache, Snapshot } from '../snapshot/index.ts';
import type { SpecIndex } from './model.ts';
import { UNKNOWN_VERSION } from './sections/build.ts';
import { cachedIndex } from './sections/cached.ts';
import { doubledLines, doubleEncoding, newDoubleEncoding } from './source/encoding.ts';
import { predecessorOf } from './source/predecessor.ts';
import { findSpec, knownSpecFiles, type SpecOptions } from './source/source.ts';

export { coveredBy } from './anchors/covered.ts';
export { groupMembers } from './anchors/identifier.ts';
export { parseAnchor } from './anchors/parse.ts';
export { type ResolveOptions, resolveAnchor, STATUSES, statusCounts } from './anchors/resolve.ts';
export { type Modality, type Must, mustsOf } from './clauses/musts.ts';
export { changeOf, diffSpecs } from './diff/diff.ts';
export {
  CHANGES,
  type Change,
  type Hunk,
  type SectionChange,
  type SpecDiff,
} from './diff/model.ts';
export {
  chooseDefinition,
  definitionFingerprint,
  definitionLines,
  FAMILIES,
  IDENTIFIER,
  IDENTIFIER_GROUPS,
  type IdentifierFamily,
  identifierById,
  identifiersOf,
  nearestIdentifier,
  TAG_FAMILIES,
} from './identifiers/index.ts';
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
export { type RoadmapItem, roadmapItems } from './roadmap/items.ts';
export { READING_RULES, SPEC_RULES } from './rules.ts';
export { authorityRows } from './sections/authority.ts';
export { buildIndex } from './sections/build.ts';
export {
  compareNumbers,
  contentWords,
  type HeadingParts,
  isPrefix,
  parseHeading,
  sameTitle,
  sharedWords,
  stripTags,
} from './sections/headings.ts';
export { type Numbering, numberingOf } from './sections/numbering.ts';
export type { Span, Stretch } from './sections/pages.ts';
export { type Passage, passagesOf } from './sections/passages.ts';
export { type Pointer, parseSpecCurrent, SPEC_CURRENT_PATHS } from './source/current.ts';
export { specFileOf } from './source/file.ts';
export { specIdentity } from './source/identity.ts';
export { SPEC_FILE, SPEC_PLACES } from './source/names.ts';
export {
  findSpec,
  knownSpecFiles,
  type SpecOptions,
  type SpecSource,
} from './source/source.ts';
export {
  compareVersions,
  findVersion,
  isVersion,
  type VersionAtHand,
  versionsAtHand,
} from './source/versions.ts';

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
  if (index.sound) return;
  const doubled = doubledLines(index.files);
  index.sound = doubled.length === 0;
  if (doubled.length === 0) return;
  index.findings.push(...doubleEncoding(doubled));
  const before = await predecessorOf(snapshot, index.source, root);
  if (before) index.findings.push(...newDoubleEncoding(doubled, before.files, before.name));
}
