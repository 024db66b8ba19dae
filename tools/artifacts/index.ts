export { type PurposeKind, purposeKind } from './audit-purpose.ts';
export type { Section } from './document.ts';
export { emptyDocument } from './empty.ts';
export { type Excerpt, unescaped } from './excerpt.ts';
export {
  addTo,
  type Facts,
  factsOf,
  type LedgerFacts,
  type PacketFacts,
  type RefinementFacts,
  type StubFacts,
  type TreeFacts,
} from './facts.ts';
export { absences, listFiles, mapConcurrently, readBytes, sortLedger, textOf } from './files.ts';
export { type Hindrance, hindranceOf, packetInForce } from './in-force.ts';
export { classifyItem, type Intent, intentAbout } from './intent.ts';
export { isRecord } from './json.ts';
export type { JsonDocument } from './json-document.ts';
export { LineIndex } from './json-lines.ts';
export { JsonNode, type JsonText } from './json-node.ts';
export { bytesOf } from './json-print.ts';
export { type Artifact, type FileKind, type Kind, readArtifact, readMailbox } from './kinds.ts';
export { defaultLayout, type Layout, type LayoutOptions, layoutOf, MAILBOX } from './layout.ts';
export { type LedgerEntry, printLedgerEntry, readLedgerEntry } from './ledger.ts';
export { checkLedger } from './ledger-chain.ts';
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
export {
  type GateEvent,
  type OrchestratorGates,
  printOrchestratorGates,
  readOrchestratorGates,
} from './orchestrator-gates.ts';
export { type Packet, packetId, readPacket } from './packet.ts';
export type { Lineage } from './packet-lineage.ts';
export type { GateBox, ManifestEntry } from './packet-manifest.ts';
export { latestReport, type ValidationReport, type Verdict } from './packet-reports.ts';
export { isWorkedOn, openPackets, type PacketStage, packetStage, takenOverBy } from './packet-stage.ts';
export { isClosed, type PacketState, packetState } from './packet-state.ts';
export type { Waiver, WaiverDetail } from './packet-waivers.ts';
export { waiversInForce } from './packet-waivers-in-force.ts';
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
export {
  type Contradiction,
  type CoverBox,
  isPlaceholder,
  type Refinement,
  readRefinement,
} from './refinement.ts';
export type { RefinementAnchor } from './refinement-anchors.ts';
export { type Registry, type RegistryRow, readRegistry } from './registry.ts';
export type { NotePart } from './registry-notes.ts';
export { rfc3339 } from './rfc3339.ts';
export type { RoadmapItems, RoadmapPointer, RoadmapSection } from './roadmap-pointer.ts';
export { type Lane, type Role, type Roles, readRoles } from './roles.ts';
export { parseSignature, type Signature } from './signature.ts';
export { type AuditRow, readSignatureAudit, type SignatureAudit } from './signature-audit.ts';
export { isDated, type SignatureUse, signatureText, signatureUses } from './signature-uses.ts';
export type { Sited } from './sited.ts';
export { type SpecPin, versionIn } from './spec-pin.ts';
export {
  type PointerMention,
  printSpecPointer,
  readSpecPointer,
  type SpecPointer,
} from './spec-pointer.ts';
export { contradictingStatus, readStub, type Stub, type StubState, stubState } from './stub.ts';
export type { Checklist, ChecklistItem } from './stub-checklist.ts';
export type { Dependency } from './stub-dependencies.ts';
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
export { type GovTree, packetOf, readTree, refinementOf, stubOf, type TreeOptions } from './tree.ts';
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
export {
  hasDocument,
  idOfFile,
  isKnown,
  registryRowsOf,
  revisionsOf,
  type WorkPacket,
  workPackets,
} from './work-packets.ts';
export { baseWpId, isWpId, revisionOf, type WpMention, wpIdFrom, wpIdsIn } from './wp-id.ts';
