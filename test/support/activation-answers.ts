import { basename } from 'node:path';

/** A row of a refinement that only a person can fill in, as `record-refinement --json` lists it. */
export interface OpenRow {
  file: string;
  line: number;
  field: string;
  expected: string;
}

interface Answers {
  events: readonly (readonly [prefix: string, answer: string])[];
  rows: Readonly<Record<string, readonly string[]>>;
}

const COVERED: Answers['rows'] = {
  CLEARLY_COVERS_VERDICT: ['PASS'],
  AMBIGUITY_FOUND: ['NO'],
  AMBIGUITY_REASON: ['NONE'],
  ENRICHMENT_NEEDED: ['NO'],
  REQUESTOR: ['Operator'],
};

const ANSWERS: Readonly<Record<string, Answers>> = {
  'WP-1-Session-Spawn-Contract-v1': {
    events: [
      ['FR-EVT-SESS-SPAWN-', 'emitted by the spawn, once, with requester and child'],
      ['FR-EVT-GOV-MAILBOX-', 'emitted by the mailbox when a child announces back; its id is kept'],
      ['FR-EVT-', 'read, to correlate it by model_session_id'],
    ],
    rows: {
      ...COVERED,
      GAPS_IDENTIFIED: ['NONE: caps, lanes, cascade and announce-back are each a clause'],
      RED_TEAM_ADVISORY: [
        'A child that asks for more than its parent has must be refused, not narrowed later',
      ],
      PRIMITIVES: ['SessionSpawnRequest, SessionSpawnResponse, ModelSession, AnnounceBack'],
      CLEARLY_COVERS_REASON: ['4.3.9.15 states request, caps, cascade and announce-back'],
      REASON_NO_ENRICHMENT: ['every acceptance line rests on a clause of 4.3.9.15 or 4.3.9.17'],
      RISK_TIER: ['HIGH'],
      IN_SCOPE_PATHS: ['tools/kernel/spawn.ts', 'tools/engine/dispatcher.ts'],
      TEST_PLAN: [
        'npx vitest run test/kernel/spawn.test.ts',
        'just session-run .GOV/scenarios/delegation.yaml',
      ],
      ROLLBACK_HINT: ['revert the commits of the branch; no stored record changes its shape'],
      RISK_MAP: [
        'a cap that is checked late -> a storm of children',
        'a lost announcement -> a parent that waits',
      ],
      END_TO_END_CLOSURE_PLAN: ['a requester spawns -> a child ends -> its summary is in the mailbox'],
    },
  },
  'WP-1-Session-Observability-Spans-FR-v1': {
    events: [
      ['FR-EVT-SESS-', 'emitted at the transition that it names, with model_session_id'],
      ['FR-EVT-', 'read; the registry has to know it'],
    ],
    rows: {
      ...COVERED,
      GAPS_IDENTIFIED: ['NONE: 4.3.9.18 binds both kinds of span, 11.5 has the shapes'],
      RED_TEAM_ADVISORY: ['An event without model_session_id hides a session from its query'],
      PRIMITIVES: ['FlightRecorderEventBase, ModelSessionSpan, ActivitySpan'],
      CLEARLY_COVERS_REASON: ['4.3.9.18 and 11.5 state spans, families and the correlation rule'],
      REASON_NO_ENRICHMENT: ['every acceptance line rests on a clause of 4.3.9.18 or 11.5'],
      RISK_TIER: ['MEDIUM'],
      IN_SCOPE_PATHS: ['tools/recorder/accept.ts', 'tools/kernel/spans.ts'],
      TEST_PLAN: ['npx vitest run test/recorder'],
      ROLLBACK_HINT: ['revert the commits of the branch; logs that were written stay readable'],
      RISK_MAP: ['two correlation keys -> queries that miss half of a session'],
      END_TO_END_CLOSURE_PLAN: ['a session runs -> its events are stored -> one query shows all of them'],
    },
  },
};

/** What a person who knows the work writes there. */
export function answersOf(wpId: string, { field, expected, file, line }: OpenRow): readonly string[] {
  const { events, rows } = ANSWERS[wpId]!;
  if (expected === '[x] PASS, or [ ] FAIL') return ['[x] PASS'];
  const answer =
    rows[field] ?? events.flatMap(([prefix, text]) => (field.startsWith(prefix) ? [[text]] : []))[0];
  if (answer === undefined)
    throw new Error(`nobody answers ${field} (${basename(file)}:${line}): ${expected}`);
  return answer;
}
