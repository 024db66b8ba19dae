import type { RegisteredRule } from './rule.ts';
import { anchorAmbiguous } from './rules/anchor-ambiguous.ts';
import { anchorNoSpec } from './rules/anchor-no-spec.ts';
import { anchorNotNormative } from './rules/anchor-not-normative.ts';
import { anchorStale } from './rules/anchor-stale.ts';
import { anchorStray } from './rules/anchor-stray.ts';
import { anchorTitleMismatch } from './rules/anchor-title-mismatch.ts';
import { anchorUnproven } from './rules/anchor-unproven.ts';
import { anchorUnresolved } from './rules/anchor-unresolved.ts';
import { boardBlockedByUnknown } from './rules/board-blocked-by-unknown.ts';
import { boardEntryMissing } from './rules/board-entry-missing.ts';
import { boardPacketMissing } from './rules/board-packet-missing.ts';
import { boardStatusMismatch } from './rules/board-status-mismatch.ts';
import { boardStubAlthoughPacket } from './rules/board-stub-although-packet.ts';
import { boardSupersededOpen } from './rules/board-superseded-open.ts';
import { boardTwoStates } from './rules/board-two-states.ts';
import { boardUnknownPacket } from './rules/board-unknown-packet.ts';
import { boardUnknownToken } from './rules/board-unknown-token.ts';
import { boardWrongSection } from './rules/board-wrong-section.ts';
import { checklistItemMissing } from './rules/checklist-item-missing.ts';
import { checklistMissing } from './rules/checklist-missing.ts';
import { checklistUnreadable } from './rules/checklist-unreadable.ts';
import { dependencyCycle } from './rules/dependency-cycle.ts';
import { dependencyNotValidated } from './rules/dependency-not-validated.ts';
import { dependencyUnknown } from './rules/dependency-unknown.ts';
import { gatesOrphan } from './rules/gates-orphan.ts';
import { gatesPrepareMissing } from './rules/gates-prepare-missing.ts';
import { gatesSpecMismatch } from './rules/gates-spec-mismatch.ts';
import { ledgerUnknownPacket } from './rules/ledger-unknown-packet.ts';
import { packetAnchorShared } from './rules/packet-anchor-shared.ts';
import { packetPathOverlap } from './rules/packet-path-overlap.ts';
import { packetRefinementMissing } from './rules/packet-refinement-missing.ts';
import { packetRefinementUnsigned } from './rules/packet-refinement-unsigned.ts';
import { refinementOrphan } from './rules/refinement-orphan.ts';
import { registryActivatedFromMissing } from './rules/registry-activated-from-missing.ts';
import { registryActiveMismatch } from './rules/registry-active-mismatch.ts';
import { registryBoardMismatch } from './rules/registry-board-mismatch.ts';
import { registryFileMissing } from './rules/registry-file-missing.ts';
import { registryRowMissing } from './rules/registry-row-missing.ts';
import { registryStubAlthoughPacket } from './rules/registry-stub-although-packet.ts';
import { registrySupersedesCycle } from './rules/registry-supersedes-cycle.ts';
import { registrySupersedesUnknown } from './rules/registry-supersedes-unknown.ts';
import { registryTwoOpen } from './rules/registry-two-open.ts';
import { registryTwoRows } from './rules/registry-two-rows.ts';
import { signatureAuditNamesOther } from './rules/signature-audit-names-other.ts';
import { signatureMismatch } from './rules/signature-mismatch.ts';
import { signatureNotInAudit } from './rules/signature-not-in-audit.ts';
import { signatureUsedTwice } from './rules/signature-used-twice.ts';
import { stubActivatedWithoutPacket } from './rules/stub-activated-without-packet.ts';
import { stubIdMismatch } from './rules/stub-id-mismatch.ts';
import { stubMetadataMalformed } from './rules/stub-metadata-malformed.ts';
import { stubMetadataMissing } from './rules/stub-metadata-missing.ts';
import { stubPacketElsewhere } from './rules/stub-packet-elsewhere.ts';
import { stubSectionMissing } from './rules/stub-section-missing.ts';
import { stubStatusUnknown } from './rules/stub-status-unknown.ts';
import { stubSupersededButOpen } from './rules/stub-superseded-but-open.ts';
import { textDoubleEncoded } from './rules/text-double-encoded.ts';

/** Every rule, by id. A retired id stays here as a comment, so that it is never used again. */
export const RULES: readonly RegisteredRule[] = [
  anchorAmbiguous,
  anchorNoSpec,
  anchorNotNormative,
  anchorStale,
  anchorStray,
  anchorTitleMismatch,
  anchorUnproven,
  anchorUnresolved,
  boardBlockedByUnknown,
  boardEntryMissing,
  boardPacketMissing,
  boardStatusMismatch,
  boardStubAlthoughPacket,
  boardSupersededOpen,
  boardTwoStates,
  boardUnknownPacket,
  boardUnknownToken,
  boardWrongSection,
  checklistItemMissing,
  checklistMissing,
  checklistUnreadable,
  dependencyCycle,
  dependencyNotValidated,
  dependencyUnknown,
  gatesOrphan,
  gatesPrepareMissing,
  gatesSpecMismatch,
  ledgerUnknownPacket,
  packetAnchorShared,
  packetPathOverlap,
  packetRefinementMissing,
  packetRefinementUnsigned,
  refinementOrphan,
  registryActivatedFromMissing,
  registryActiveMismatch,
  registryBoardMismatch,
  registryFileMissing,
  registryRowMissing,
  registryStubAlthoughPacket,
  registrySupersedesCycle,
  registrySupersedesUnknown,
  registryTwoOpen,
  registryTwoRows,
  signatureAuditNamesOther,
  signatureMismatch,
  signatureNotInAudit,
  signatureUsedTwice,
  stubActivatedWithoutPacket,
  stubIdMismatch,
  stubMetadataMalformed,
  stubMetadataMissing,
  stubPacketElsewhere,
  stubSectionMissing,
  stubStatusUnknown,
  stubSupersededButOpen,
  textDoubleEncoded,
];

/** What the readers of `artifacts` report by themselves; spec, contracts and gate have lists of their own. */
export const READER_RULES: readonly Pick<RegisteredRule, 'id' | 'summary' | 'severity'>[] = [
  {
    id: 'artifact/malformed',
    summary: 'A governed JSON or YAML file has the form that its reader expects.',
    severity: 'error',
  },
  {
    id: 'ledger/field-missing',
    summary:
      'A ledger entry says who did it, in which role, when and after what; one that does not settles nothing.',
    severity: 'error',
  },
  {
    id: 'ledger/heads-compete',
    summary: 'The ledger of a work packet has one head; an entry that names both settles two.',
    severity: 'error',
  },
  {
    id: 'ledger/name-mismatch',
    summary: 'A ledger entry is what its path says: work packet, kind, and the hash of its content.',
    severity: 'error',
  },
  {
    id: 'ledger/parent-missing',
    summary: 'Every parent of a ledger entry is an entry of the same work packet: none was taken away.',
    severity: 'error',
  },
  {
    id: 'ledger/sequence-repeated',
    summary:
      'No number stands twice in the ledger of a work packet, unless a later entry names both entries.',
    severity: 'error',
  },
  { id: 'text/not-utf8', summary: 'A governed file is UTF-8.', severity: 'error' },
  { id: 'tree/empty', summary: 'There is something to check.', severity: 'error' },
  {
    id: 'tree/unmerged',
    summary: 'Every governed file is merged before what is staged is judged.',
    severity: 'error',
  },
  { id: 'tree/unreadable', summary: 'Every governed file can be read.', severity: 'error' },
];
