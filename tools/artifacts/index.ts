export { type PurposeKind, purposeKind } from './audit-purpose.ts';
export type { Section } from './document.ts';
export { type Excerpt, unescaped } from './excerpt.ts';
export {
  addTo,
  type Facts,
  factsOf,
  type PacketFacts,
  type RefinementFacts,
  type StubFacts,
  type TreeFacts,
} from './facts.ts';
export { classifyItem, type Intent, intentAbout } from './intent.ts';
export { isRecord } from './json.ts';
export { type Artifact, type Kind, readArtifact } from './kinds.ts';
export { defaultLayout, type Layout, type LayoutOptions, layoutOf } from './layout.ts';
export { type LedgerEntry, readLedgerEntry } from './ledger.ts';
export { checkLedger } from './ledger-chain.ts';
export { type GateEvent, type OrchestratorGates, readOrchestratorGates } from './orchestrator-gates.ts';
export { type Packet, packetId, readPacket } from './packet.ts';
export type { Lineage } from './packet-lineage.ts';
export type { GateBox, ManifestEntry } from './packet-manifest.ts';
export { latestReport, type ValidationReport, type Verdict } from './packet-reports.ts';
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
export { type SpecPin, versionIn } from './spec-pin.ts';
export { contradictingStatus, readStub, type Sited, type Stub, type StubState, stubState } from './stub.ts';
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
  isStarted,
  otherSection,
  readTaskBoard,
  type TaskBoard,
} from './task-board.ts';
export {
  absences,
  type GovTree,
  listFiles,
  mapConcurrently,
  packetOf,
  readText,
  readTree,
  refinementOf,
  sortLedger,
  stubOf,
  type TreeOptions,
} from './tree.ts';
export { idOfFile, type WorkPacket, workPackets } from './work-packets.ts';
export { baseWpId, isWpId, type WpMention, wpIdFrom, wpIdsIn } from './wp-id.ts';
