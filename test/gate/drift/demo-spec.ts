import { createHash } from 'node:crypto';

export const OLD = 'Demo_Spec_v02.134.md';
export const NEW = 'Demo_Spec_v02.138.md';

/** A spec in which every kind of drift has a place: by number of its line. */
const LINES = [
  '# Demo Master Spec', // 1
  '',
  '# 1. Sessions', // 3
  '',
  '## 1.1 Session Law', // 5
  '',
  '### 1.1.1 Session Model (Normative)', // 7
  '',
  'A session has a state, says \u00a74.', // 9
  '',
  '```yaml',
  'limit: 4 # default 3', // 12
  '```',
  '',
  'A state is never lost.', // 15
  '',
  '### 1.1.2 Spawn Rules (Normative)', // 17
  '',
  'A child is bounded by its parent, in depth and in number.', // 19
  '',
  '#### 1.1.2.1 Depth', // 21
  '',
  'Three levels, counted from the root.', // 23
  '',
  '### 1.1.3 Recovery (Normative)', // 25
  '',
  'A crash is recovered from the log, and nothing else.', // 27
  '',
  '**Addendum: 1.9 Quiet Hours (HARD)**', // 29
  '',
  'Nothing runs at night.', // 31
  '',
  '## 1.2 Guides', // 33
  '',
  'Write plainly.', // 35
  '',
];

/** The spec, each text replaced by another. */
export function specText(...changes: (readonly [from: string, to: string])[]): string {
  let text = LINES.join('\n');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the spec does not say ${JSON.stringify(from)}`);
    text = text.replace(from, to);
  }
  return text;
}

/** Nothing but lines that come before: G08. */
export const MOVES: readonly [string, string] = [
  '# 1. Sessions',
  '## 0.9 Preface\n\nRead it.\n\n# 1. Sessions',
];
/** How many lines that is. */
export const BY = 4;

export interface DemoAnchor {
  text: string;
  start: number;
  end: number;
  token?: string;
  excerpt?: readonly string[];
}

/** Anchors of the old spec. */
export const MODEL: DemoAnchor = { text: `${OLD} 1.1.1 Session Model (Normative)`, start: 7, end: 15 };
export const SPAWN: DemoAnchor = { text: `${OLD} 1.1.2 Spawn Rules (Normative)`, start: 17, end: 20 };
export const RECOVERY: DemoAnchor = { text: `${OLD} 1.1.3 Recovery`, start: 25, end: 27 };

export interface DemoRefinement {
  wp?: string;
  spec?: string;
  file?: string;
  sha1?: string;
  anchors?: readonly DemoAnchor[];
  signature?: string;
}

export const SIGNATURE = 'ilja240220260346';
export const WP = 'WP-1-Demo-v1';
export const REFINEMENT = `.GOV/refinements/${WP}.md`;
export const PACKET = `.GOV/task_packets/${WP}.md`;
export const STUB = '.GOV/task_packets/stubs/WP-1-Later-v1.md';
const AUDIT = '.GOV/roles_shared/SIGNATURE_AUDIT.md';
export const BOARD = '.GOV/roles_shared/TASK_BOARD.md';

/** A signed refinement whose excerpts are what its spec says in its windows. */
export function refinementText(options: DemoRefinement = {}): string {
  const { wp = WP, spec = specText(), file = OLD, anchors = [MODEL, SPAWN], signature = SIGNATURE } = options;
  const sha1 = options.sha1 ?? sha1Of(spec);
  const lines = spec.split('\n');
  const blocks = anchors.map(({ text, start, end, token, excerpt }, index) =>
    [
      `#### ANCHOR ${index + 1}`,
      `- SPEC_ANCHOR: ${text}`,
      `- CONTEXT_START_LINE: ${start}`,
      `- CONTEXT_END_LINE: ${end}`,
      `- CONTEXT_TOKEN: ${token ?? lines[start - 1]!.replace(/^#+ /, '')}`,
      '- EXCERPT_ASCII_ESCAPED:',
      '  ```text',
      ...(excerpt ?? lines.slice(start - 1, end)).map((line) => `  ${line.replace('\u00a7', '\\u00A7')}`),
      '  ```',
    ].join('\n'),
  );
  return `### METADATA
- WP_ID: ${wp}
- SPEC_TARGET_RESOLVED: .GOV/roles_shared/SPEC_CURRENT.md -> ${file}
- SPEC_TARGET_SHA1: ${sha1}
- USER_REVIEW_STATUS: APPROVED
- USER_SIGNATURE: ${signature}
### SPEC_ANCHORS (REQUIRED: one or more)

${blocks.join('\n\n')}
`;
}

export function packetText(anchor = `${OLD} 1.1.1 Session Model`): string {
  return `# Task Packet: ${WP}
## METADATA
- TASK_ID: ${WP}
- **Status:** Ready for Dev
- USER_SIGNATURE: ${SIGNATURE}
## AUTHORITY
- SPEC_BASELINE: ${OLD}
- SPEC_ANCHOR: ${anchor}
`;
}

export function stubText(...candidates: string[]): string {
  return `# Work Packet Stub: WP-1-Later-v1
## STUB_METADATA
- WP_ID: WP-1-Later-v1
- STUB_STATUS: STUB (NOT READY FOR DEV)
- SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap):
${candidates.map((text) => `  - ${text}\n`).join('')}`;
}

export const AUDITED = `| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |
|--|--|--|--|--|--|
| ${SIGNATURE} | Orchestrator | 2026-02-24 03:46 | Task packet creation: ${WP} | v02.134 | ok |
`;

export const ON_BOARD = `## Ready for Dev\n- **[${WP}]** - [READY_FOR_DEV]\n## Done\n`;

/** A tree with a refinement, its packet, the audit and a stub, all on the old spec, which is at hand. */
export function demoFiles(change: Record<string, string> = {}): Record<string, string> {
  return {
    [OLD]: specText(),
    '.GOV/roles_shared/SPEC_CURRENT.md': `The current authoritative Master Specification is:\n\n**${OLD}**\n`,
    [REFINEMENT]: refinementText(),
    [PACKET]: packetText(),
    [STUB]: stubText(`${OLD} 1.1.3 Recovery (Normative)`),
    [AUDIT]: AUDITED,
    [BOARD]: ON_BOARD,
    ...change,
  };
}

export function sha1Of(text: string | Uint8Array): string {
  return createHash('sha1').update(text).digest('hex');
}
