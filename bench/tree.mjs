// A governance tree of any size, the same for the same numbers: what the budgets of `gov check` are measured on
// where no real one is at hand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SPEC = 'Bench_Master_Spec_v01.00.md';

/** Writes a tree of stubs and packets over a spec of about so many lines. */
export function writeBenchTree(root, { stubs, packets, specLines }) {
  const write = (path, text) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const sections = Math.floor(specLines / 11.5);
  write(SPEC, spec(sections));
  write('.GOV/roles_shared/SPEC_CURRENT.md', `# SPEC_CURRENT\n\nThe current authoritative Master Specification is:\n\n**${SPEC}**\n`);
  const stubIds = Array.from({ length: stubs }, (_, at) => `WP-1-Planned-Work-${at + 1}-v1`);
  const packetIds = Array.from({ length: packets }, (_, at) => `WP-1-Done-Work-${at + 1}-v1`);
  for (const [at, id] of stubIds.entries()) write(`.GOV/task_packets/stubs/${id}.md`, stub(id, at, sections));
  for (const [at, id] of packetIds.entries()) write(`.GOV/task_packets/${id}.md`, packet(id, at, sections));
  write('.GOV/roles_shared/TASK_BOARD.md', board(stubIds, packetIds));
  write('.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md', registry(stubIds, packetIds));
}

const numberOf = (at, sections) => {
  const section = (at * 7) % sections;
  return `${1 + Math.floor(section / 400)}.${1 + (Math.floor(section / 20) % 20)}.${1 + (section % 20)}`;
};

function spec(sections) {
  const out = ['# Bench Master Spec', ''];
  for (let at = 0; at < sections; at++) {
    const chapter = 1 + Math.floor(at / 400);
    if (at % 400 === 0) out.push(`# ${chapter}. Chapter ${chapter}`, '');
    if (at % 20 === 0) out.push(`## ${chapter}.${1 + (Math.floor(at / 20) % 20)} Part ${at / 20}`, '');
    const number = `${chapter}.${1 + (Math.floor(at / 20) % 20)}.${1 + (at % 20)}`;
    out.push(`### ${number} Clause ${at} of the Bench (Normative)`, '');
    out.push(`- **[BENCH-${at}]** Implementations MUST do thing ${at} before thing ${at + 1}.`, '');
    out.push('```yaml', `BenchRecord${at}:`, '  id: string', '  count: int  # default 3', '```', '');
    out.push('A paragraph tells why, in one line that is about as long as such lines are.', '');
  }
  return `${out.join('\n')}\n`;
}

function stub(id, at, sections) {
  return `# Work Packet Stub: ${id}

## STUB_METADATA
- WP_ID: ${id}
- BASE_WP_ID: ${id.replace(/-v\d+$/, '')}
- CREATED_AT: 2026-02-24T00:00:00Z
- STUB_STATUS: STUB (NOT READY FOR DEV)
- SPEC_TARGET: .GOV/roles_shared/SPEC_CURRENT.md
- ROADMAP_POINTER: ${SPEC} 7.6.3 (Phase 1) -> item ${at + 1}
- SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap):
  - ${SPEC} ${numberOf(at, sections)} Clause ${(at * 7) % sections} of the Bench (Normative)
  - ${SPEC} ${numberOf(at + 3, sections)} Clause ${((at + 3) * 7) % sections} of the Bench (Normative)

## INTENT (DRAFT)
- What: thing ${at}.
- Why: because of thing ${at}.

## SCOPE_SKETCH (DRAFT)
- IN_SCOPE:
  - thing ${at}
- OUT_OF_SCOPE:
  - everything else

## ACCEPTANCE_CRITERIA (DRAFT)
- Thing ${at} is done.

## DEPENDENCIES / BLOCKERS (DRAFT)
- Depends on: WP-1-Done-Work-1-v1

## RISKS / UNKNOWNs (DRAFT)
- Risk: none that is known.

## ACTIVATION_CHECKLIST (REQUIRED BEFORE ANY CODING)
- [ ] Confirm the requirement exists in Master Spec Main Body (not just Roadmap).
- [ ] Produce the in-chat Technical Refinement Block.
- [ ] Obtain USER_SIGNATURE for the WP.
- [ ] Create \`.GOV/refinements/${id}.md\` (approved/signed).
- [ ] Create the official task packet via \`just create-task-packet ${id}\` (in \`.GOV/task_packets/\`).
- [ ] Copy relevant scope/acceptance notes from this stub into the official packet.
- [ ] Move \`.GOV/roles_shared/TASK_BOARD.md\` entry from STUB to Ready for Dev.
`;
}

function packet(id, at, sections) {
  return `# Task Packet: ${id}

## METADATA
- TASK_ID: ${id}
- WP_ID: ${id}
- BASE_WP_ID: ${id.replace(/-v\d+$/, '')}
- DATE: 2026-02-24
- **Status:** Done
- RISK_TIER: LOW
- USER_SIGNATURE: bench24022026${String(at % 24).padStart(2, '0')}${String(at % 60).padStart(2, '0')}

## SCOPE
- What: thing ${at}
- IN_SCOPE_PATHS:
  - src/thing-${at}.ts
  - test/thing-${at}.test.ts

## AUTHORITY
- SPEC_BASELINE: ${SPEC}
- SPEC_ANCHOR: ${SPEC} ${numberOf(at, sections)}

## BOOTSTRAP
- read the clause

## VALIDATION_REPORTS
Verdict: PASS
`;
}

function board(stubs, packets) {
  const entries = (ids, state) => ids.map((id) => `- **[${id}]** - [${state}]`).join('\n');
  return `# Task Board

## Spec Authority Rule

## Active (Cross-Branch Status)

## Ready for Dev

## Stub Backlog (Not Activated)

${entries(stubs, 'STUB')}

## In Progress

## Done

${entries(packets, 'VALIDATED')}

## Blocked

## Superseded (Archive)
`;
}

function registry(stubs, packets) {
  const row = (id, folder, section, notes) =>
    `| ${id.replace(/-v\d+$/, '')} | .GOV/task_packets/${folder}${id}.md | ${section}: ${id} | ${notes} |`;
  return `# Work Packet Traceability Registry

| Base WP ID | Active Packet | Task Board | Notes |
|---|---|---|---|
${stubs.map((id) => row(id, 'stubs/', 'Stub Backlog (Not Activated)', 'stub')).join('\n')}
${packets.map((id) => row(id, '', 'Done', `active=${id}`)).join('\n')}
`;
}
