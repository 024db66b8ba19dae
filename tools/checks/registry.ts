import type { RegisteredRule } from './rule.ts';
import { anchorAmbiguous } from './rules/anchor-ambiguous.ts';
import { anchorNoSpec } from './rules/anchor-no-spec.ts';
import { anchorNotNormative } from './rules/anchor-not-normative.ts';
import { anchorStale } from './rules/anchor-stale.ts';
import { anchorStray } from './rules/anchor-stray.ts';
import { anchorTitleMismatch } from './rules/anchor-title-mismatch.ts';
import { anchorUnproven } from './rules/anchor-unproven.ts';
import { anchorUnresolved } from './rules/anchor-unresolved.ts';
import { boardTwoStates } from './rules/board-two-states.ts';
import { boardUnknownToken } from './rules/board-unknown-token.ts';
import { boardWrongSection } from './rules/board-wrong-section.ts';
import { checklistItemMissing } from './rules/checklist-item-missing.ts';
import { checklistMissing } from './rules/checklist-missing.ts';
import { checklistUnreadable } from './rules/checklist-unreadable.ts';
import { gatesFieldMissing } from './rules/gates-field-missing.ts';
import { gatesIdMalformed } from './rules/gates-id-malformed.ts';
import { gatesOutOfOrder } from './rules/gates-out-of-order.ts';
import { gatesSignatureMalformed } from './rules/gates-signature-malformed.ts';
import { gatesUnknownType } from './rules/gates-unknown-type.ts';
import { ledgerNotCanonical } from './rules/ledger-not-canonical.ts';
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
import { pointerTwoSpecs } from './rules/pointer-two-specs.ts';
import { registryBoardMismatch } from './rules/registry-board-mismatch.ts';
import { registryFileMissing } from './rules/registry-file-missing.ts';
import { registryRowMissing } from './rules/registry-row-missing.ts';
import { registryTwoRows } from './rules/registry-two-rows.ts';
import { stubIdMismatch } from './rules/stub-id-mismatch.ts';
import { stubMetadataMalformed } from './rules/stub-metadata-malformed.ts';
import { stubMetadataMissing } from './rules/stub-metadata-missing.ts';
import { stubSectionMissing } from './rules/stub-section-missing.ts';
import { stubStatusUnknown } from './rules/stub-status-unknown.ts';
import { textDoubleEncoded } from './rules/text-double-encoded.ts';
import { validatorGatesIdMismatch } from './rules/validator-gates-id-mismatch.ts';
import { validatorGatesIncompletePass } from './rules/validator-gates-incomplete-pass.ts';
import { validatorGatesOrder } from './rules/validator-gates-order.ts';
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
  boardTwoStates,
  boardUnknownToken,
  boardWrongSection,
  checklistItemMissing,
  checklistMissing,
  checklistUnreadable,
  gatesFieldMissing,
  gatesIdMalformed,
  gatesOutOfOrder,
  gatesSignatureMalformed,
  gatesUnknownType,
  ledgerNotCanonical,
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
  pointerTwoSpecs,
  registryBoardMismatch,
  registryFileMissing,
  registryRowMissing,
  registryTwoRows,
  stubIdMismatch,
  stubMetadataMalformed,
  stubMetadataMissing,
  stubSectionMissing,
  stubStatusUnknown,
  textDoubleEncoded,
  validatorGatesIdMismatch,
  validatorGatesIncompletePass,
  validatorGatesOrder,
  validatorGatesStatusMismatch,
  validatorGatesVerdictMismatch,
];

/** What the readers of `artifacts` report by themselves; spec, contracts and gate have lists of their own. */
export const READER_RULES: readonly Pick<RegisteredRule, 'id' | 'summary' | 'severity'>[] = [
  {
    id: 'artifact/empty',
    summary: 'A governed document says something: an empty one is a write that failed.',
    severity: 'error',
  },
  {
    id: 'artifact/malformed',
    summary: 'A governed JSON or YAML file has the form that its reader expects.',
    severity: 'error',
  },
  {
    id: 'artifact/repeated-key',
    summary: 'A key stands once in an object of a governed JSON file: of two values a reader sees only one.',
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
  { id: 'text/binary', summary: 'A governed file is text: it holds no NUL byte.', severity: 'error' },
  { id: 'text/not-utf8', summary: 'A governed file is UTF-8.', severity: 'error' },
  { id: 'tree/empty', summary: 'There is something to check.', severity: 'error' },
  {
    id: 'tree/oversized',
    summary:
      'A governed document is one that a person may read: 16 MB, 50,000 lines and 100,000 characters in a line at most.',
    severity: 'error',
  },
  {
    id: 'tree/unmerged',
    summary: 'Every governed file is merged before what is staged is judged.',
    severity: 'error',
  },
  { id: 'tree/unreadable', summary: 'Every governed file can be read.', severity: 'error' },
];
