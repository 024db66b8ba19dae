import { readBase } from '../checks/base.ts';

const MB = 1_000_000;
const repeated = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));
const HEADS = [
  '# Task Packet: WP-1-Demo-v1',
  '## METADATA',
  '## STUB_METADATA',
  '## WAIVERS GRANTED',
  '## VALIDATION_REPORTS',
  '## LINEAGE_AUDIT',
  '## DEPENDENCIES / BLOCKERS',
  '## SCOPE_SKETCH',
  '## ACTIVATION_CHECKLIST',
  '## Ready for Dev',
];
const KEYS =
  'STATUS SPEC_TARGET ROADMAP_POINTER SPEC_ANCHOR_CANDIDATES SPEC_ANCHOR SUPERSEDES DEPENDS_ON VERDICT IN_SCOPE_PATHS';
/** Below every heading, and as the value of every key, that a reader looks for. */
const everywhere = (text: string): string =>
  [...HEADS.map((head) => `${head}\n${text}`), ...KEYS.split(' ').map((key) => `- ${key}: ${text}`)].join(
    '\n\n',
  );

const LINES: Record<string, string> = {
  letters: 'a',
  blanks: ' ',
  'letters and blanks': 'a ',
  'opening parentheses': '(',
  'closing parentheses': ')',
  brackets: '[',
  'stars and blanks': '** ',
  dashes: ' - ',
  pipes: '| ',
  'escaped pipes': '\\|',
  numbers: '1.',
  ids: 'WP-1-A-v1 ',
  semicolons: '; ',
  colons: 'a: ',
  waivers: 'record waiver here ',
  quotes: '> ',
  items: '- ',
  ticks: '`',
  'comment openers': '<!--',
  'section signs': '\u00c2\u00a7',
};

/** Documents that take a careless reader minutes, by name. Made when they are asked for. */
export const HOSTILE: readonly (readonly [string, () => string])[] = [
  ...Object.entries(LINES).map(
    ([name, piece]) =>
      [`a million characters of ${name}`, () => everywhere(repeated(piece, MB / 19))] as const,
  ),
  ['one line of a million letters', () => `- STATUS: ${'a'.repeat(MB)}`],
  ['a bullet of a million blanks', () => `- a${' '.repeat(MB)}b`],
  ['a table row of a million pipes', () => `| Base WP ID |\n|---|\n${'|'.repeat(MB)}`],
  ['a signature row of a million blanks', () => `| Signature |\n|---|\n| a${' '.repeat(MB)}b |`],
  ['100,000 bullets', () => everywhere(repeated('- x\n', 100_000 * 4)).slice(0, 5 * MB)],
  ['100,000 bullets, each with another in it', () => repeated('- x: y\n  - z\n', 100_000 * 13)],
  [
    '100,000 entries',
    () => `## Done\n${repeated('- **[WP-1-A-v1]** - [DONE] - blocked_by: WP-1-B-v1 (x\n', 5 * MB)}`,
  ],
  [
    '100,000 rows',
    () =>
      `| Base WP ID | b | c | d |\n|-|-|-|-|\n${repeated('| a | b | Done: WP-1-A | active=x; y |\n', 4 * MB)}`,
  ],
  ['100,000 anchors', () => `## SPEC_ANCHORS\n${repeated('#### ANCHOR\n- SPEC_ANCHOR: x\n', 3 * MB)}`],
  ['100,000 openers', () => repeated('```\n~~~~\n', MB)],
  [
    '100,000 manifest blocks',
    () => repeated('- **Target File**: `a`\n- **Gates Passed**:\n  - [x] b\n', 5 * MB),
  ],
  ['100,000 verdicts', () => `## VALIDATION_REPORTS\n${repeated('Verdict: PASS\nVerdict: FAIL\n', 3 * MB)}`],
  ['100,000 headings', () => repeated('# VALIDATION REPORT\n## LINEAGE_AUDIT\n', 3 * MB)],
  ['a stub cut short', () => readBase('stub.md').slice(0, 700)],
  [
    'bytes of no text',
    () => Array.from({ length: MB }, (_, at) => String.fromCharCode((at * 7919) % 0x7ff)).join(''),
  ],
];

/** 50 MB of lines as they are in such documents, and of none. */
export const LARGE: readonly (readonly [string, () => string])[] = [
  ['50 MB of one line', () => 'a'.repeat(50 * MB)],
  ['50 MB of fields and bullets', () => repeated(`${readBase('stub.md')}\n`, 50 * MB)],
  ['50 MB of empty lines', () => '\n'.repeat(50 * MB)],
];
