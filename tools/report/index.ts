export { type EventBlock, type EventShape, eventIn, told } from './data/events.ts';
export type {
  AnchorRow,
  CardItem,
  DriftRow,
  GovernanceData,
  PacketCard,
  RuleFindings,
} from './data/governance.ts';
export type { Artifacts, Blocks, PageData, Sources, ThreadEntry, Threads } from './data/page.ts';
export { EVENTS_A_BLOCK } from './data/page.ts';
export type {
  Cancel,
  EventColumns,
  SessionArrow,
  SessionLane,
  SessionsData,
  SpanColumns,
} from './data/sessions.ts';
export { SPAN_KINDS, type SpanKind } from './data/sessions.ts';
export { contentPolicy, isReport, type PageAssets, REPORT_HEAD, renderDocument } from './document/render.ts';
export { governanceData } from './governance/governance.ts';
export { type Gathered, type GatherOptions, gatherSessions } from './sessions/gather.ts';
export { placesOfGovernance, placesOfTrace, type SourcePlace } from './sources/places.ts';
export { sourcesOf } from './sources/sources.ts';
