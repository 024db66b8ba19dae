import type { RegisteredRule } from './rule.ts';
import { anchorAmbiguous } from './rules/anchor-ambiguous.ts';
import { anchorNoSpec } from './rules/anchor-no-spec.ts';
import { anchorNotNormative } from './rules/anchor-not-normative.ts';
import { anchorStale } from './rules/anchor-stale.ts';
import { anchorTitleMismatch } from './rules/anchor-title-mismatch.ts';
import { anchorUnproven } from './rules/anchor-unproven.ts';
import { anchorUnresolved } from './rules/anchor-unresolved.ts';
import { boardTwoStates } from './rules/board-two-states.ts';
import { boardUnknownToken } from './rules/board-unknown-token.ts';
import { checklistItemMissing } from './rules/checklist-item-missing.ts';
import { checklistMissing } from './rules/checklist-missing.ts';
import { registryRowMissing } from './rules/registry-row-missing.ts';
import { stubIdMismatch } from './rules/stub-id-mismatch.ts';
import { stubMetadataMalformed } from './rules/stub-metadata-malformed.ts';
import { stubMetadataMissing } from './rules/stub-metadata-missing.ts';
import { stubSectionMissing } from './rules/stub-section-missing.ts';
import { stubStatusUnknown } from './rules/stub-status-unknown.ts';
import { textDoubleEncoded } from './rules/text-double-encoded.ts';

/** Every rule, by id. A retired id stays here as a comment, so that it is never used again. */
export const RULES: readonly RegisteredRule[] = [
  anchorAmbiguous,
  anchorNoSpec,
  anchorNotNormative,
  anchorStale,
  anchorTitleMismatch,
  anchorUnproven,
  anchorUnresolved,
  boardTwoStates,
  boardUnknownToken,
  checklistItemMissing,
  checklistMissing,
  registryRowMissing,
  stubIdMismatch,
  stubMetadataMalformed,
  stubMetadataMissing,
  stubSectionMissing,
  stubStatusUnknown,
  textDoubleEncoded,
];

/** What readers report by themselves, so that `gov explain` knows every id that a run can print. */
export const READER_RULES: readonly Pick<RegisteredRule, 'id' | 'summary' | 'severity'>[] = [
  {
    id: 'artifact/malformed',
    summary: 'A governed JSON or YAML file has the form that its reader expects.',
    severity: 'error',
  },
  {
    id: 'ledger/name-mismatch',
    summary: 'A ledger entry is what its path says: work packet, kind, and the hash of its content.',
    severity: 'error',
  },
  {
    id: 'spec/broken-fence',
    summary: 'The fences of the Master Spec are closed, so that no heading is hidden in one.',
    severity: 'warning',
  },
  {
    id: 'spec/missing',
    summary: 'SPEC_CURRENT.md names a Master Spec, and it is there.',
    severity: 'error',
  },
  { id: 'spec/unreadable', summary: 'The Master Spec can be read.', severity: 'error' },
  { id: 'text/not-utf8', summary: 'A governed file is UTF-8.', severity: 'error' },
  { id: 'tree/empty', summary: 'There is something to check.', severity: 'error' },
  { id: 'tree/unreadable', summary: 'Every governed file can be read.', severity: 'error' },
  {
    id: 'wp/unknown',
    summary: 'A work packet that is asked for has a stub or a packet.',
    severity: 'error',
  },
];
