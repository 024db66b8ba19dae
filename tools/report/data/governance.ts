import type { ItemState, Stage } from '../../gate/index.ts';

export interface Place {
  file: string;
  line: number;
}

export interface GovernanceData {
  /** Documents that were read, by kind. */
  documents: Record<string, number>;
  packets: PacketCard[];
  rules: RuleFindings[];
  /** Findings that the baseline lets pass. */
  baselined: number;
  anchors: AnchorRow[];
  drift: DriftRow[];
}

/** A work packet, from stub to validated. */
export interface PacketCard {
  wp_id: string;
  /** What it is about: the INTENT of its stub or the title of its packet; empty where it says nothing. */
  title: string;
  stage: Stage;
  /** Where its work stands: `superseded`, `done`, `in progress`, `blocked`, `unlisted`; null until it is taken up. */
  work: string | null;
  ready: boolean;
  /** Its documents. */
  stub: Place | null;
  refinement: Place | null;
  packet: Place | null;
  /** The state of its board entry, and where that is. */
  board: (Place & { state: string }) | null;
  items: CardItem[];
  blockers: (Place & { wp_id: string; detail: string })[];
  waived: (Place & { wp_id: string; detail: string })[];
  refusal: string | null;
  notes: string[];
  /** The one next command. */
  next: string | null;
}

export interface CardItem {
  index: number;
  intent: string;
  text: string;
  state: ItemState;
  /** `proven`, `attested`, `needs you`, `open`, `failed`, `not needed`. */
  word: string;
  evidence: { kind: string; file: string | null; line: number | null; detail: string }[];
  next: string | null;
}

export interface RuleFindings {
  rule: string;
  summary: string;
  severity: 'error' | 'warning' | 'info';
  findings: { message: string; file: string; line: number; column: number; endLine: number }[];
}

export interface AnchorRow extends Place {
  /** As it is written. */
  query: string;
  /** The document that names it. */
  wp_id: string | null;
  status: string;
  flags: string[];
  section: { number: string | null; title: string; file: string; line: number; authority: string } | null;
  reasons: string[];
}

/** An anchor or a pinned clause that the spec of today has elsewhere, says otherwise, or has not. */
export interface DriftRow extends Place {
  wp_id: string;
  anchor: string;
  /** The version that it was pinned to. */
  pinned: string;
  fate: 'MOVED' | 'CHANGED' | 'RENUMBERED' | 'GONE' | 'UNPROVABLE';
  detail: string;
  to: Place | null;
}
