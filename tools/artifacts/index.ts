export { type PurposeKind, purposeKind } from './audit-purpose.ts';
export type { Section } from './document.ts';
export { isRecord } from './json/json.ts';
export type { JsonDocument } from './json/json-document.ts';
export { LineIndex } from './json/json-lines.ts';
export { JsonNode, type JsonText } from './json/json-node.ts';
export { bytesOf } from './json/json-print.ts';
export { checkLedger } from './ledger/chain.ts';
export { type LedgerEntry, printLedgerEntry, readLedgerEntry } from './ledger/entry.ts';
export {
  allOf,
  foldLedger,
  isTakenBack,
  isWord,
  type LedgerFold,
  lastOf,
  type TypedEntry,
} from './ledger/fold.ts';
export { entriesChanged } from './ledger/kept.ts';
export {
  ACTING_ROLES,
  type ActingRole,
  LEDGER_KINDS,
  type LedgerData,
  type LedgerKind,
  mayWrite,
} from './ledger/kinds.ts';
export { reachedFrom } from './ledger/order.ts';
export { type LedgerDraft, ledgerFile } from './ledger/write.ts';
export {
  canonicalFile,
  type Mailbox,
  type MailboxFile,
  type MailboxThread,
  printMailboxFile,
  printMailboxThread,
  readMailboxFile,
  readMailboxThread,
} from './mailbox.ts';
export { packetParts, refinementParts, stubParts } from './meaning/documents.ts';
export { changedParts, digestOfParts, type Part, partDigests } from './meaning/parts.ts';
export { type MergedDocument, mergeRendered, type TextMerger } from './merge/merge.ts';
export type { RenderedKind } from './merge/row.ts';
export {
  type GateEvent,
  type OrchestratorGates,
  printOrchestratorGates,
  readOrchestratorGates,
} from './orchestrator-gates.ts';
export { type Packet, packetId, readPacket } from './packet/packet.ts';
export type { Lineage } from './packet/packet-lineage.ts';
export type { GateBox, ManifestEntry } from './packet/packet-manifest.ts';
export { latestReport, type ValidationReport, type Verdict } from './packet/packet-reports.ts';
export { isClosed, type PacketState, packetState } from './packet/packet-state.ts';
export type { Waiver, WaiverDetail } from './packet/packet-waivers.ts';
export { waiversInForce } from './packet/packet-waivers-in-force.ts';
export { type BoardDraft, changedEntry, type EntryDraft } from './print/board.ts';
export { tickedItem } from './print/boxes.ts';
export { changedField, type FieldDocument, withField } from './print/fields.ts';
export { type Printable, printDocument } from './print/print.ts';
export {
  type AuditDraft,
  type AuditRowDraft,
  changedAuditRow,
  changedNote,
  changedRow,
  type RegistryDraft,
  type RegistryRowDraft,
} from './print/records.ts';
export { Unprintable } from './print/unprintable.ts';
export { type Excerpt, unescaped } from './refinement/excerpt.ts';
export { type PacketInput, readPacketInput } from './refinement/packet-input.ts';
export {
  type Contradiction,
  type CoverBox,
  isPlaceholder,
  type Refinement,
  readRefinement,
} from './refinement/refinement.ts';
export type { RefinementAnchor } from './refinement/refinement-anchors.ts';
export { type Registry, type RegistryRow, readRegistry } from './registry.ts';
export type { NotePart } from './registry-notes.ts';
export { brokenLedgers, driftOf, foldsOf } from './renderings/drift.ts';
export { type Expected, expectedOf } from './renderings/expected.ts';
export { type Renderings, renderTree } from './renderings/render.ts';
export { OPEN_STATUS } from './renderings/stub.ts';
export type { Drift } from './renderings/told.ts';
export { renderedNow } from './renderings/was.ts';
export { rfc3339 } from './rfc3339.ts';
export { type Lane, type Role, type Roles, readRoles } from './roles.ts';
export { parseSignature, type Signature, signatureInstant } from './signature.ts';
export { type AuditRow, readSignatureAudit, type SignatureAudit } from './signature-audit.ts';
export type { Sited } from './sited.ts';
export { type SpecPin, specFileIn, versionIn } from './spec-pin.ts';
export {
  type PointerMention,
  printSpecPointer,
  readSpecPointer,
  type SpecPointer,
} from './spec-pointer.ts';
export { classifyItem, INTENTS, type Intent, intentAbout } from './stub/intent.ts';
export type { RoadmapItems, RoadmapPointer, RoadmapSection } from './stub/roadmap-pointer.ts';
export {
  contradictingStatus,
  readStub,
  type Stub,
  type StubNote,
  type StubState,
  stubState,
} from './stub/stub.ts';
export type { Checklist, ChecklistItem } from './stub/stub-checklist.ts';
export type { Dependency } from './stub/stub-dependencies.ts';
export {
  BOARD_STATES,
  type BoardDetail,
  type BoardEntry,
  type BoardState,
  boardState,
  entriesOf,
  isActiveLine,
  isEnded,
  isStarted,
  otherSection,
  readTaskBoard,
  standingOf,
  stateOfSection,
  type TaskBoard,
} from './task-board.ts';
export { emptyDocument } from './tree/empty.ts';
export {
  addTo,
  type Facts,
  factsOf,
  type LedgerFacts,
  type PacketFacts,
  type RefinementFacts,
  type StubFacts,
  type TreeFacts,
  type ValidationSessionFacts,
} from './tree/facts.ts';
export { absences, listFiles, mapConcurrently, readBytes, sortLedger, textOf } from './tree/files.ts';
export { type Hindrance, hindranceOf, packetInForce } from './tree/in-force.ts';
export { type Artifact, type FileKind, type Kind, readArtifact, readMailbox } from './tree/kinds.ts';
export { defaultLayout, type Layout, type LayoutOptions, layoutOf, MAILBOX } from './tree/layout.ts';
export { lookAlikes } from './tree/look-alikes.ts';
export { isWorkedOn, openPackets, type PacketStage, packetStage, takenOverBy } from './tree/packet-stage.ts';
export { isDated, type SignatureUse, signatureText, signatureUses } from './tree/signature-uses.ts';
export { type GovTree, packetOf, readTree, refinementOf, stubOf, type TreeOptions } from './tree/tree.ts';
export { truncatedDocument } from './tree/truncated.ts';
export {
  hasDocument,
  idOfFile,
  isKnown,
  registryRowsOf,
  revisionsOf,
  type WorkPacket,
  workPackets,
} from './tree/work-packets.ts';
export {
  GATE_ORDERS,
  type GateOrder,
  printValidatorGates,
  readValidatorGates,
  stepsOf,
  type ValidationSession,
  type ValidatorGate,
  type ValidatorGates,
} from './validator-gates.ts';
export { baseWpId, isWpId, revisionOf, type WpMention, wpIdFrom, wpIdsIn } from './wp-id.ts';
