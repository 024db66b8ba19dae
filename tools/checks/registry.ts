import type { RegisteredRule } from './rule.ts';
import { anchorAmbiguous } from './rules/anchor-ambiguous.ts';
import { anchorNoSpec } from './rules/anchor-no-spec.ts';
import { anchorNotNormative } from './rules/anchor-not-normative.ts';
import { anchorStale } from './rules/anchor-stale.ts';
import { anchorStray } from './rules/anchor-stray.ts';
import { anchorTitleMismatch } from './rules/anchor-title-mismatch.ts';
import { anchorUnproven } from './rules/anchor-unproven.ts';
import { anchorUnresolved } from './rules/anchor-unresolved.ts';
import { auditRowInvalid } from './rules/audit-row-invalid.ts';
import { auditRowMalformed } from './rules/audit-row-malformed.ts';
import { auditRowOrder } from './rules/audit-row-order.ts';
import { auditSignatureMalformed } from './rules/audit-signature-malformed.ts';
import { auditTable } from './rules/audit-table.ts';
import { auditTimeMismatch } from './rules/audit-time-mismatch.ts';
import { auditTwoRows } from './rules/audit-two-rows.ts';
import { boardBlockedBy } from './rules/board-blocked-by.ts';
import { boardBlockedByUnknown } from './rules/board-blocked-by-unknown.ts';
import { boardEntryForm } from './rules/board-entry-form.ts';
import { boardEntryJunk } from './rules/board-entry-junk.ts';
import { boardEntryMissing } from './rules/board-entry-missing.ts';
import { boardJunkEntry } from './rules/board-junk-entry.ts';
import { boardNotAnId } from './rules/board-not-an-id.ts';
import { boardPacketMissing } from './rules/board-packet-missing.ts';
import { boardSectionMissing } from './rules/board-section-missing.ts';
import { boardStatusMismatch } from './rules/board-status-mismatch.ts';
import { boardStubAlthoughPacket } from './rules/board-stub-although-packet.ts';
import { boardSupersededOpen } from './rules/board-superseded-open.ts';
import { boardTwoStates } from './rules/board-two-states.ts';
import { boardUnknownPacket } from './rules/board-unknown-packet.ts';
import { boardUnknownToken } from './rules/board-unknown-token.ts';
import { boardWrongSection } from './rules/board-wrong-section.ts';
import { checklistBoxTyped } from './rules/checklist-box-typed.ts';
import { checklistBoxUnknown } from './rules/checklist-box-unknown.ts';
import { checklistItemMissing } from './rules/checklist-item-missing.ts';
import { checklistMissing } from './rules/checklist-missing.ts';
import { checklistUnreadable } from './rules/checklist-unreadable.ts';
import { dependencyCycle } from './rules/dependency-cycle.ts';
import { dependencyNotValidated } from './rules/dependency-not-validated.ts';
import { dependencyUnknown } from './rules/dependency-unknown.ts';
import { gatesFieldMissing } from './rules/gates-field-missing.ts';
import { gatesIdMalformed } from './rules/gates-id-malformed.ts';
import { gatesOrphan } from './rules/gates-orphan.ts';
import { gatesOutOfOrder } from './rules/gates-out-of-order.ts';
import { gatesPrepareMissing } from './rules/gates-prepare-missing.ts';
import { gatesSignatureMalformed } from './rules/gates-signature-malformed.ts';
import { gatesSpecMismatch } from './rules/gates-spec-mismatch.ts';
import { gatesUnknownType } from './rules/gates-unknown-type.ts';
import { ledgerDrift } from './rules/ledger-drift.ts';
import { ledgerNotCanonical } from './rules/ledger-not-canonical.ts';
import { ledgerUnknownPacket } from './rules/ledger-unknown-packet.ts';
import { mailboxCountMismatch } from './rules/mailbox-count-mismatch.ts';
import { mailboxFieldSet } from './rules/mailbox-field-set.ts';
import { mailboxFileMismatch } from './rules/mailbox-file-mismatch.ts';
import { mailboxForbiddenKey } from './rules/mailbox-forbidden-key.ts';
import { mailboxHashMismatch } from './rules/mailbox-hash-mismatch.ts';
import { mailboxLinkMissing } from './rules/mailbox-link-missing.ts';
import { mailboxMessageType } from './rules/mailbox-message-type.ts';
import { mailboxNotCanonical } from './rules/mailbox-not-canonical.ts';
import { mailboxOrder } from './rules/mailbox-order.ts';
import { mailboxRole } from './rules/mailbox-role.ts';
import { mailboxTextUnbounded } from './rules/mailbox-text-unbounded.ts';
import { packetAnchorShared } from './rules/packet-anchor-shared.ts';
import { packetClaim } from './rules/packet-claim.ts';
import { packetContradiction } from './rules/packet-contradiction.ts';
import { packetFieldMissing } from './rules/packet-field-missing.ts';
import { packetFormatVersion } from './rules/packet-format-version.ts';
import { packetIdMismatch } from './rules/packet-id-mismatch.ts';
import { packetLineageMissing } from './rules/packet-lineage-missing.ts';
import { packetManifestMalformed } from './rules/packet-manifest-malformed.ts';
import { packetMergeBase } from './rules/packet-merge-base.ts';
import { packetPathOverlap } from './rules/packet-path-overlap.ts';
import { packetPhaseOrder } from './rules/packet-phase-order.ts';
import { packetRefinementMissing } from './rules/packet-refinement-missing.ts';
import { packetRefinementUnsigned } from './rules/packet-refinement-unsigned.ts';
import { packetScopePath } from './rules/packet-scope-path.ts';
import { packetSectionMissing } from './rules/packet-section-missing.ts';
import { packetSignatureMalformed } from './rules/packet-signature-malformed.ts';
import { packetSkeletonUnapproved } from './rules/packet-skeleton-unapproved.ts';
import { packetStatusMissing } from './rules/packet-status-missing.ts';
import { packetStatusSpelling } from './rules/packet-status-spelling.ts';
import { packetStatusUnknown } from './rules/packet-status-unknown.ts';
import { packetTemplateText } from './rules/packet-template-text.ts';
import { packetValueUnknown } from './rules/packet-value-unknown.ts';
import { packetVerdict } from './rules/packet-verdict.ts';
import { pointerTwoSpecs } from './rules/pointer-two-specs.ts';
import { refinementAnchorIncomplete } from './rules/refinement-anchor-incomplete.ts';
import { refinementAnchorLine } from './rules/refinement-anchor-line.ts';
import { refinementApprovalEvidence } from './rules/refinement-approval-evidence.ts';
import { refinementBoxesVerdict } from './rules/refinement-boxes-verdict.ts';
import { refinementContradiction } from './rules/refinement-contradiction.ts';
import { refinementExcerptUnclosed } from './rules/refinement-excerpt-unclosed.ts';
import { refinementFieldMissing } from './rules/refinement-field-missing.ts';
import { refinementIdMismatch } from './rules/refinement-id-mismatch.ts';
import { refinementNoAnchor } from './rules/refinement-no-anchor.ts';
import { refinementNonAscii } from './rules/refinement-non-ascii.ts';
import { refinementOrphan } from './rules/refinement-orphan.ts';
import { refinementProposal } from './rules/refinement-proposal.ts';
import { refinementSectionMissing } from './rules/refinement-section-missing.ts';
import { refinementSha1Malformed } from './rules/refinement-sha1-malformed.ts';
import { refinementSignatureMalformed } from './rules/refinement-signature-malformed.ts';
import { refinementSignedEarly } from './rules/refinement-signed-early.ts';
import { refinementSpecTarget } from './rules/refinement-spec-target.ts';
import { refinementTemplateText } from './rules/refinement-template-text.ts';
import { refinementTokenWeak } from './rules/refinement-token-weak.ts';
import { refinementValueUnknown } from './rules/refinement-value-unknown.ts';
import { refinementVerdictConflict } from './rules/refinement-verdict-conflict.ts';
import { refinementWindowLong } from './rules/refinement-window-long.ts';
import { refinementWindowMalformed } from './rules/refinement-window-malformed.ts';
import { registryActivatedFromMissing } from './rules/registry-activated-from-missing.ts';
import { registryBaseMismatch } from './rules/registry-base-mismatch.ts';
import { registryBaseRevision } from './rules/registry-base-revision.ts';
import { registryBoardCell } from './rules/registry-board-cell.ts';
import { registryBoardMismatch } from './rules/registry-board-mismatch.ts';
import { registryFileMissing } from './rules/registry-file-missing.ts';
import { registryNotes } from './rules/registry-notes.ts';
import { registryPathOutside } from './rules/registry-path-outside.ts';
import { registryRowMalformed } from './rules/registry-row-malformed.ts';
import { registryRowMissing } from './rules/registry-row-missing.ts';
import { registryStubAlthoughPacket } from './rules/registry-stub-although-packet.ts';
import { registrySupersedesCycle } from './rules/registry-supersedes-cycle.ts';
import { registrySupersedesUnknown } from './rules/registry-supersedes-unknown.ts';
import { registryTable } from './rules/registry-table.ts';
import { registryTwoOpen } from './rules/registry-two-open.ts';
import { registryTwoRows } from './rules/registry-two-rows.ts';
import { signatureAuditNamesOther } from './rules/signature-audit-names-other.ts';
import { signatureMismatch } from './rules/signature-mismatch.ts';
import { signatureNotInAudit } from './rules/signature-not-in-audit.ts';
import { signatureUsedTwice } from './rules/signature-used-twice.ts';
import { snapshotStale } from './rules/snapshot-stale.ts';
import { stubActivatedWithoutPacket } from './rules/stub-activated-without-packet.ts';
import { stubFamiliesMixed } from './rules/stub-families-mixed.ts';
import { stubIdMismatch } from './rules/stub-id-mismatch.ts';
import { stubMetadataMalformed } from './rules/stub-metadata-malformed.ts';
import { stubMetadataMissing } from './rules/stub-metadata-missing.ts';
import { stubPacketElsewhere } from './rules/stub-packet-elsewhere.ts';
import { stubSectionMissing } from './rules/stub-section-missing.ts';
import { stubSectionOrder } from './rules/stub-section-order.ts';
import { stubSpecTarget } from './rules/stub-spec-target.ts';
import { stubStatusContradiction } from './rules/stub-status-contradiction.ts';
import { stubStatusUnknown } from './rules/stub-status-unknown.ts';
import { stubSupersededButOpen } from './rules/stub-superseded-but-open.ts';
import { stubTemplateText } from './rules/stub-template-text.ts';
import { stubTitleMissing } from './rules/stub-title-missing.ts';
import { textBom } from './rules/text-bom.ts';
import { textDoubleEncoded } from './rules/text-double-encoded.ts';
import { textInnerBom } from './rules/text-inner-bom.ts';
import { textLoneCr } from './rules/text-lone-cr.ts';
import { textMixedLineEnds } from './rules/text-mixed-line-ends.ts';
import { validatorGatesBoardMismatch } from './rules/validator-gates-board-mismatch.ts';
import { validatorGatesFailReset } from './rules/validator-gates-fail-reset.ts';
import { validatorGatesIdMismatch } from './rules/validator-gates-id-mismatch.ts';
import { validatorGatesIncompletePass } from './rules/validator-gates-incomplete-pass.ts';
import { validatorGatesOrder } from './rules/validator-gates-order.ts';
import { validatorGatesReportMissing } from './rules/validator-gates-report-missing.ts';
import { validatorGatesStatusMismatch } from './rules/validator-gates-status-mismatch.ts';
import { validatorGatesVerdictMismatch } from './rules/validator-gates-verdict-mismatch.ts';

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
  auditRowInvalid,
  auditRowMalformed,
  auditRowOrder,
  auditSignatureMalformed,
  auditTable,
  auditTimeMismatch,
  auditTwoRows,
  boardBlockedBy,
  boardBlockedByUnknown,
  boardEntryForm,
  boardEntryJunk,
  boardEntryMissing,
  boardJunkEntry,
  boardNotAnId,
  boardPacketMissing,
  boardSectionMissing,
  boardStatusMismatch,
  boardStubAlthoughPacket,
  boardSupersededOpen,
  boardTwoStates,
  boardUnknownPacket,
  boardUnknownToken,
  boardWrongSection,
  checklistBoxTyped,
  checklistBoxUnknown,
  checklistItemMissing,
  checklistMissing,
  checklistUnreadable,
  dependencyCycle,
  dependencyNotValidated,
  dependencyUnknown,
  gatesFieldMissing,
  gatesIdMalformed,
  gatesOrphan,
  gatesOutOfOrder,
  gatesPrepareMissing,
  gatesSignatureMalformed,
  gatesSpecMismatch,
  gatesUnknownType,
  ledgerDrift,
  ledgerNotCanonical,
  ledgerUnknownPacket,
  mailboxCountMismatch,
  mailboxFieldSet,
  mailboxFileMismatch,
  mailboxForbiddenKey,
  mailboxHashMismatch,
  mailboxLinkMissing,
  mailboxMessageType,
  mailboxNotCanonical,
  mailboxOrder,
  mailboxRole,
  mailboxTextUnbounded,
  packetAnchorShared,
  packetClaim,
  packetContradiction,
  packetFieldMissing,
  packetFormatVersion,
  packetIdMismatch,
  packetLineageMissing,
  packetManifestMalformed,
  packetMergeBase,
  packetPathOverlap,
  packetPhaseOrder,
  packetRefinementMissing,
  packetRefinementUnsigned,
  packetScopePath,
  packetSectionMissing,
  packetSignatureMalformed,
  packetSkeletonUnapproved,
  packetStatusMissing,
  packetStatusSpelling,
  packetStatusUnknown,
  packetTemplateText,
  packetValueUnknown,
  packetVerdict,
  pointerTwoSpecs,
  refinementAnchorIncomplete,
  refinementAnchorLine,
  refinementApprovalEvidence,
  refinementBoxesVerdict,
  refinementContradiction,
  refinementExcerptUnclosed,
  refinementFieldMissing,
  refinementIdMismatch,
  refinementNoAnchor,
  refinementNonAscii,
  refinementOrphan,
  refinementProposal,
  refinementSectionMissing,
  refinementSha1Malformed,
  refinementSignatureMalformed,
  refinementSignedEarly,
  refinementSpecTarget,
  refinementTemplateText,
  refinementTokenWeak,
  refinementValueUnknown,
  refinementVerdictConflict,
  refinementWindowLong,
  refinementWindowMalformed,
  registryActivatedFromMissing,
  registryBaseMismatch,
  registryBaseRevision,
  registryBoardCell,
  registryBoardMismatch,
  registryFileMissing,
  registryNotes,
  registryPathOutside,
  registryRowMalformed,
  registryRowMissing,
  registryStubAlthoughPacket,
  registrySupersedesCycle,
  registrySupersedesUnknown,
  registryTable,
  registryTwoOpen,
  registryTwoRows,
  signatureAuditNamesOther,
  signatureMismatch,
  signatureNotInAudit,
  signatureUsedTwice,
  snapshotStale,
  stubActivatedWithoutPacket,
  stubFamiliesMixed,
  stubIdMismatch,
  stubMetadataMalformed,
  stubMetadataMissing,
  stubPacketElsewhere,
  stubSectionMissing,
  stubSectionOrder,
  stubSpecTarget,
  stubStatusContradiction,
  stubStatusUnknown,
  stubSupersededButOpen,
  stubTemplateText,
  stubTitleMissing,
  textBom,
  textDoubleEncoded,
  textInnerBom,
  textLoneCr,
  textMixedLineEnds,
  validatorGatesBoardMismatch,
  validatorGatesFailReset,
  validatorGatesIdMismatch,
  validatorGatesIncompletePass,
  validatorGatesOrder,
  validatorGatesReportMissing,
  validatorGatesStatusMismatch,
  validatorGatesVerdictMismatch,
];
