import {
  type Dossier,
  type Ground,
  openDossier,
  unknownGround,
  type WpItem,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { wordSubject } from '../../tools/gate/items/index.ts';
import { canonicalJson, sha256 } from '../../tools/text/index.ts';
import { type Files, treeOf } from '../artifacts/memory.ts';
import { BOARD, baseFiles, baseSpec, REGISTRY, STUB } from '../checks/base.ts';

export const WP = 'WP-1-Demo-v1';
export const SIGNATURE = 'ilja240220260346';
export const GATES = '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json';
export const AUDIT = '.GOV/roles_shared/SIGNATURE_AUDIT.md';
export const REFINEMENT = `.GOV/refinements/${WP}.md`;
export const PACKET = `.GOV/task_packets/${WP}.md`;

export function gates(events: readonly Record<string, string>[]): string {
  return JSON.stringify({ gate_logs: events.map((event) => ({ wpId: WP, ...event })) }, null, 2);
}

export const EVENTS = [
  { type: 'REFINEMENT', timestamp: '2026-02-24T02:06:42Z' },
  { type: 'SIGNATURE', signature: SIGNATURE, timestamp: '2026-02-24T02:47:07Z' },
  {
    type: 'PREPARE',
    coder_id: 'Coder-A',
    branch: `feat/${WP}`,
    worktree_dir: `../wt-${WP}`,
    timestamp: '2026-02-24T03:47:21Z',
  },
];

export function audit(...rows: string[]): string {
  const head =
    '| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|--|--|--|--|--|--|\n';
  return head + rows.map((row) => `${row}\n`).join('');
}

export const ROW = `| ${SIGNATURE} | Orchestrator | 2026-02-24 03:46 | Task packet creation: ${WP} | v02.137 | ok |`;

/** Lines 7 to 9 of the base spec, as they stand there. */
export const ANCHOR = `#### ANCHOR 1
- SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)
- CONTEXT_START_LINE: 7
- CONTEXT_END_LINE: 9
- CONTEXT_TOKEN: 1.1.1 Session Model
- EXCERPT_ASCII_ESCAPED:
  \`\`\`text
  ### 1.1.1 Session Model (Normative)

  A session has a state.
  \`\`\`
`;

export const REFINED = `### METADATA
- WP_ID: ${WP}
- SPEC_TARGET_RESOLVED: .GOV/roles_shared/SPEC_CURRENT.md -> Demo_Spec_v02.137.md
- SPEC_TARGET_SHA1: ${baseSpec().files[0]!.sha1.toUpperCase()}
- USER_REVIEW_STATUS: APPROVED
- USER_SIGNATURE: ${SIGNATURE}
- USER_APPROVAL_EVIDENCE: APPROVE REFINEMENT ${WP}
### CLEARLY_COVERS (5-point checklist)
- Appears in Main Body: [x] PASS
- Explicitly named: [x] PASS
- Specific: [x] PASS
- Measurable acceptance criteria: [x] PASS
- No ambiguity: [x] PASS
- CLEARLY_COVERS_VERDICT: PASS
- CLEARLY_COVERS_REASON: section 1.1.1 says it
### ENRICHMENT
- ENRICHMENT_NEEDED: NO
- REASON_NO_ENRICHMENT: nothing is missing
### SPEC_ANCHORS
${ANCHOR}`;

export const PACKED = `# Task Packet: ${WP}
## METADATA
- TASK_ID: ${WP}
- WP_ID: ${WP}
- BASE_WP_ID: WP-1-Demo (stable)
- **Status:** Ready for Dev
- USER_SIGNATURE: ${SIGNATURE}
## SCOPE
- IN_SCOPE_PATHS:
  - src/demo.ts
`;

export const ROLES = 'roles:\n  Coder:\n    capabilities: [fs.read, proc.exec]\n    default_lane: SUBAGENT\n';

/** Everything that upstream would have after an activation, typed by whomever. */
export function activatedFiles(): Record<string, string> {
  const files = baseFiles();
  return {
    ...files,
    [GATES]: gates(EVENTS),
    [AUDIT]: audit(ROW),
    [REFINEMENT]: REFINED,
    [PACKET]: PACKED,
    [BOARD]: `## Ready for Dev\n- **[${WP}]** - [READY_FOR_DEV]\n`,
    [REGISTRY]: files[REGISTRY]!.replace(STUB, PACKET),
    '.GOV/roles.yaml': ROLES,
  };
}

/** A ledger entry under the name that its content has; `change` takes the place of its fields. */
export function ledger(
  seq: number,
  kind: string,
  data: Record<string, unknown>,
  change: Record<string, unknown> = {},
): Record<string, string> {
  const entry = {
    wp_id: WP,
    kind,
    parents: [],
    actor: 'ilja',
    role: 'Operator',
    time: '2026-02-24T04:00:00Z',
    data,
  };
  const text = canonicalJson({ ...entry, ...change });
  return { [`.GOV/ledger/${change.wp_id ?? WP}/${seq}-${kind}-${sha256(text)}.json`]: text };
}

/** The hash that the name of one {@link ledger} entry ends with: what the next one names as its parent. */
export function hashIn(files: Record<string, string>): string {
  return /-([0-9a-f]{64})\.json$/.exec(Object.keys(files)[0]!)![1]!;
}

/** A word about an item, of how things stand in these files; `change` takes the place of what it says. */
export async function word(
  files: Files,
  kind: 'attest' | 'confirm' | 'claim',
  intent: WpItem['intent'],
  change: { seq?: number; data?: Record<string, unknown>; entry?: Record<string, unknown> } = {},
): Promise<Record<string, string>> {
  const subject = wordSubject(await dossierOf(files), { intent, text: '' });
  const role = { attest: 'Operator', confirm: 'Validator', claim: 'Coder' }[kind];
  const data = { intent, reason: 'read', subject, ...change.data };
  return ledger(change.seq ?? 1, kind, data, { role, ...change.entry });
}

/** A repository in which everything is committed, and branch and worktree of the demo are there. */
export function demoGround(change: Partial<Ground> = {}): Ground {
  return {
    ...unknownGround(Date.parse('2026-02-24T12:00:00Z')),
    committed: () => 'same',
    branches: new Set(['main', `feat/${WP}`]),
    worktrees: [
      { path: '', branch: 'main' },
      { path: `../wt-${WP}`, branch: `feat/${WP}` },
    ],
    ...change,
  };
}

export async function dossierOf(files: Files, ground: Ground = demoGround()): Promise<Dossier> {
  return openDossier(await treeOf(files), baseSpec(), WP, undefined, ground);
}

export async function statusOf(files: Files, ground: Ground = demoGround()): Promise<WpStatus> {
  return wpStatus(await treeOf(files), baseSpec(), WP, undefined, ground);
}

export async function itemOf(
  files: Files,
  intent: WpItem['intent'],
  ground: Ground = demoGround(),
): Promise<WpItem> {
  const item = (await statusOf(files, ground)).items.find((each) => each.intent === intent);
  if (item === undefined) throw new Error(`no item ${intent}`);
  return item;
}
