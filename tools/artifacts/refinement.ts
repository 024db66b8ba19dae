import { type Field, readFields } from '../markdown/index.ts';
import type { TextFile } from '../text/index.ts';
import { findSection, openDocument, present, type Section, stemOf } from './document.ts';

/** A Technical Refinement: which text of the spec a work packet rests on. Thin: metadata, review, anchors counted. */
export interface Refinement {
  kind: 'refinement';
  path: string;
  file: TextFile;
  stem: string;
  /** Fields of `### METADATA`. */
  fields: Field[];
  wpId?: Field;
  createdAt?: Field;
  specTarget?: Field;
  specSha1?: Field;
  /** `PENDING` or `APPROVED`. */
  reviewStatus?: Field;
  signature?: Field;
  /** `APPROVE REFINEMENT {WP_ID}`, as it was said. */
  approvalEvidence?: Field;
  /** `PASS` or `FAIL`. */
  verdict?: Field;
  /** `YES` or `NO`. */
  enrichmentNeeded?: Field;
  /** Headings `ANCHOR n` that a strict reader sees. */
  anchors: Section[];
}

/** Reads a refinement. Only the first of a repeated field counts, and none inside a fence (5.1 #7). */
export function readRefinement(file: TextFile): Refinement {
  const document = openDocument(file);
  const metadata = findSection(document, /^METADATA\b/i);
  const last = document.visible.length;
  // One old refinement has its fields under no heading at all.
  const [from, to] = metadata ? [metadata.line + 1, metadata.endLine] : [1, last];
  const fields = readFields(file.path, document.visible, from, to).filter(({ column }) => column <= 3);
  const inMetadata = (key: string): Field | undefined => fields.find((field) => field.key === key);
  const body = readFields(file.path, document.visible, metadata ? to + 1 : 1, last);
  const inBody = (key: string): Field | undefined => body.find((field) => field.key === key);
  return {
    kind: 'refinement',
    path: file.path,
    file,
    stem: stemOf(file.path),
    fields,
    anchors: document.sections.filter(({ title }) => /^ANCHOR\b/.test(title)),
    ...present({
      wpId: inMetadata('WP_ID'),
      createdAt: inMetadata('CREATED_AT'),
      specTarget: inMetadata('SPEC_TARGET_RESOLVED') ?? inMetadata('SPEC_TARGET'),
      specSha1: inMetadata('SPEC_TARGET_SHA1'),
      reviewStatus: inMetadata('USER_REVIEW_STATUS'),
      signature: inMetadata('USER_SIGNATURE'),
      approvalEvidence: inMetadata('USER_APPROVAL_EVIDENCE'),
      verdict: inBody('CLEARLY_COVERS_VERDICT'),
      enrichmentNeeded: inBody('ENRICHMENT_NEEDED'),
    }),
  };
}

/** A value that a template left to be filled: `<pending>`, `{WP_ID}`, `TBD`. */
export function isPlaceholder(value: string): boolean {
  return value === '' || /^(?:<[^>]*>|\{[^}]*\}|TBD|PENDING)$/i.test(value);
}
