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
  ['100,000 bullets', () => HEADS.map((head) => `${head}\n${'- x\n'.repeat(10_000)}`).join('')],
  ['100,000 bullets in bullets', () => '- x: y\n  - z\n'.repeat(50_000)],
  [
    '100,000 entries',
    () => `## Done\n${'- **[WP-1-A-v1]** - [DONE] - blocked_by: WP-1-B-v1 (x\n'.repeat(100_000)}`,
  ],
  [
    '100,000 rows',
    () => `| Base WP ID | b |\n|-|-|\n${'| a | b | Done: WP-1-A | active=x; y |\n'.repeat(100_000)}`,
  ],
  ['100,000 anchors', () => `## SPEC_ANCHORS\n${'#### ANCHOR\n- SPEC_ANCHOR: x\n'.repeat(100_000)}`],
  [
    '50,000 anchors whose excerpts never end',
    () => '#### ANCHOR\n- EXCERPT_ASCII_ESCAPED:\n````\n'.repeat(50_000),
  ],
  ['100,000 openers', () => '```\n~~~~\n'.repeat(50_000)],
  [
    '100,000 manifest blocks',
    () => '- **Target File**: `a`\n- **Gates Passed**:\n  - [x] b\n'.repeat(100_000),
  ],
  ['100,000 verdicts', () => `## VALIDATION_REPORTS\n${'Verdict: PASS\nVerdict: FAIL\n'.repeat(50_000)}`],
  ['100,000 headings', () => '# VALIDATION REPORT\n## LINEAGE_AUDIT\n'.repeat(50_000)],
  ['a stub cut short', () => readBase('stub.md').slice(0, 700)],
  [
    'bytes of no text',
    () => Array.from({ length: MB }, (_, at) => String.fromCharCode((at * 7919) % 0x7ff)).join(''),
  ],
];
