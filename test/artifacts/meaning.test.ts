import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedParts,
  digestOfParts,
  type Part,
  packetParts,
  partDigests,
  readPacket,
  readRefinement,
  readStub,
  refinementParts,
  stubParts,
} from '../../tools/artifacts/index.ts';
import { baseFiles, STUB } from '../checks/base.ts';
import { PACKET, REFINED, REFINEMENT } from '../gate/demo.ts';
import { fileOf } from './memory.ts';

/** The excerpt quotes a fence that is not indented, so that the next heading stands inside of one. */
const REFINEMENT_TEXT = `${REFINED.slice(0, REFINED.indexOf('  ```text'))}\`\`\`text
### 1.1.1 Session Model (Normative)

A session has a state.
\`\`\`yaml
state: open
\`\`\`
\`\`\`
#### ANCHOR 2
- SPEC_ANCHOR: Demo_Spec_v02.137.md:12 1.1.2 Session Store (Normative)
- CONTEXT_START_LINE: 12
- CONTEXT_END_LINE: 14
- CONTEXT_TOKEN: 1.1.2 Session Store
- EXCERPT_ASCII_ESCAPED:
  \`\`\`text
  ### 1.1.2 Session Store
  A session is stored.
  \`\`\`
`;

const PACKET_TEXT = `# Task Packet: WP-1-Demo-v1

## METADATA
- TASK_ID: WP-1-Demo-v1
- WP_ID: WP-1-Demo-v1
- BASE_WP_ID: WP-1-Demo (stable)
- CODER_MODEL: <unclaimed>
- **Status:** Ready for Dev
- USER_SIGNATURE: ilja240220260346

## SUB_AGENT_DELEGATION
- SUB_AGENT_DELEGATION: DISALLOWED

## SCOPE
- What: a demo
- IN_SCOPE_PATHS:
  - src/demo.ts
  - src/other.ts
- OUT_OF_SCOPE:
  - everything else

## QUALITY_GATE
### DONE_MEANS
- a session has a state
- it is tested

### TEST_PLAN
\`\`\`bash
npm test
\`\`\`

## AUTHORITY
- SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.1 Session Model

## VALIDATION
- target file: none yet

### EVIDENCE
- none
`;

interface Sample {
  text: string;
  parts(text: string): Part[];
  /** Lines of which no byte counts. */
  free: RegExp;
}

const SAMPLES: Record<string, Sample> = {
  refinement: {
    text: REFINEMENT_TEXT,
    parts: (text) => refinementParts(readRefinement(fileOf(REFINEMENT, text))),
    free: /^- (?:SPEC_TARGET|USER_|CONTEXT_START_LINE|CONTEXT_END_LINE)/,
  },
  stub: {
    text: baseFiles()[STUB]!.replace('SPEC_CURRENT.md\n', 'SPEC_CURRENT.md -> Demo_Spec_v02.137.md\n'),
    parts: (text) => stubParts(readStub(fileOf(STUB, text))),
    free: /^- STUB_STATUS/,
  },
  packet: {
    text: PACKET_TEXT,
    parts: (text) => packetParts(readPacket(fileOf(PACKET, text))),
    free: /^- (?:CODER_MODEL|\*\*Status|SUB_AGENT_DELEGATION|target file|none)|^### EVIDENCE/,
  },
};

const samples = Object.entries(SAMPLES);

const digests = (sample: Sample, text: string): Record<string, string> =>
  partDigests(['it', sample.parts(text)]);
const changes = (sample: Sample, text: string): string[] =>
  changedParts(digests(sample, sample.text), digests(sample, text)).map(
    ({ name, change }) => `${change} ${name}`,
  );

/** Columns of a line in which one letter or digit for another changes what is said, and not what the line is. */
function columnsOf({ free }: Sample, line: string): number[] {
  if (line.startsWith('#') || free.test(line)) return [];
  const value = /^[-*+] [^:]*:/.exec(line)?.[0].length ?? 0;
  const versions = [...line.matchAll(/_v[\d.]+(?=\.md)|\.md:\d+/g)].map(({ 0: text, index }) => [
    index,
    index + text.length,
  ]);
  return [...line].flatMap((char, at) =>
    at >= value && /[a-z0-9]/.test(char) && !versions.some(([from, to]) => at >= from! && at < to!)
      ? [at]
      : [],
  );
}

const other = (char: string): string =>
  /\d/.test(char) ? (char === '7' ? '8' : '7') : char === 'q' ? 'z' : 'q';

describe('the parts of a document', () => {
  it('have the names of sections and fields', () => {
    const names = samples.map(
      ([kind, { text, parts }]) =>
        `${kind}: ${parts(text)
          .map(({ name }) => name)
          .join(', ')}`,
    );
    expect(names).toEqual([
      'refinement: METADATA, METADATA.WP_ID, CLEARLY_COVERS, CLEARLY_COVERS.Appears in Main Body, CLEARLY_COVERS.Explicitly named, CLEARLY_COVERS.Specific, CLEARLY_COVERS.Measurable acceptance criteria, CLEARLY_COVERS.No ambiguity, CLEARLY_COVERS.CLEARLY_COVERS_VERDICT, CLEARLY_COVERS.CLEARLY_COVERS_REASON, ENRICHMENT, ENRICHMENT.ENRICHMENT_NEEDED, ENRICHMENT.REASON_NO_ENRICHMENT, SPEC_ANCHORS, ANCHOR 1, ANCHOR 1.SPEC_ANCHOR, ANCHOR 1.CONTEXT_TOKEN, ANCHOR 1.EXCERPT_ASCII_ESCAPED, ANCHOR 2, ANCHOR 2.SPEC_ANCHOR, ANCHOR 2.CONTEXT_TOKEN, ANCHOR 2.EXCERPT_ASCII_ESCAPED',
      'stub: TASK_PACKET_STUB_TEMPLATE, Work Packet Stub: WP-1-Demo-v1, STUB_METADATA, STUB_METADATA.WP_ID, STUB_METADATA.BASE_WP_ID, STUB_METADATA.CREATED_AT, STUB_METADATA.SPEC_TARGET, STUB_METADATA.ROADMAP_POINTER, STUB_METADATA.SPEC_ANCHOR_CANDIDATES, INTENT, INTENT.What, SCOPE_SKETCH, SCOPE_SKETCH.IN_SCOPE, SCOPE_SKETCH.OUT_OF_SCOPE, ACCEPTANCE_CRITERIA, DEPENDENCIES / BLOCKERS, DEPENDENCIES / BLOCKERS.Depends on, RISKS / UNKNOWNs, RISKS / UNKNOWNs.Risk, ACTIVATION_CHECKLIST',
      'packet: Task Packet: WP-1-Demo-v1, METADATA, METADATA.TASK_ID, METADATA.WP_ID, METADATA.BASE_WP_ID, METADATA.USER_SIGNATURE, SUB_AGENT_DELEGATION, SCOPE, SCOPE.What, SCOPE.IN_SCOPE_PATHS, SCOPE.OUT_OF_SCOPE, QUALITY_GATE, DONE_MEANS, TEST_PLAN, AUTHORITY, AUTHORITY.SPEC_ANCHOR, VALIDATION',
    ]);
  });

  it('of the sample, an anchor is one that a strict reader does not see', () => {
    const { anchors } = readRefinement(fileOf(REFINEMENT, REFINEMENT_TEXT));
    expect(anchors.map(({ number, hidden }) => [number, hidden])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it.each(samples)('%s: one byte of meaning changes exactly the part that names it', (_, sample) => {
    const lines = sample.text.split('\n');
    const places = lines.flatMap((line, at) =>
      columnsOf(sample, line).map((column) => [at, column] as const),
    );
    expect(places.length).toBeGreaterThan(100);
    const before = sample.parts(sample.text);
    const digestsBefore = partDigests(['it', before]);
    fc.assert(
      fc.property(fc.constantFrom(...places), ([at, column]) => {
        const line = lines[at]!;
        const changed = `${line.slice(0, column)}${other(line[column]!)}${line.slice(column + 1)}`;
        const text = lines.with(at, changed).join('\n');
        const found = changedParts(digestsBefore, digests(sample, text));
        expect([changed, found]).toEqual([changed, [{ name: expect.any(String), change: 'changed' }]]);
        // The last part that begins at or before the line, or one that goes on there.
        const named = before.find(({ name }) => `it:${name}` === found[0]!.name)!;
        expect(named.line).toBeLessThanOrEqual(at + 1);
        const key = /^[-*+] (?:\*\*)?([A-Z][A-Za-z0-9_ ]*)/.exec(line)?.[1];
        if (/^[-*+] [^:(]*:/.test(line)) expect(named.name.endsWith(key!)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each(samples)(
    '%s: a byte of a heading, of a key, or of the form of a line never goes unseen',
    (_, sample) => {
      const lines = sample.text.split('\n');
      const digest = digestOfParts(digests(sample, sample.text));
      for (const [at, line] of lines.entries()) {
        if (sample.free.test(line) || line.startsWith('- SUB_AGENT')) continue;
        for (const column of [0, 2, 4, 5]) {
          const box = /^[-*+] \[ \]/.test(line);
          if (column >= line.length || (box && column > 1 && column < 5)) continue;
          const text = lines.with(at, `${line.slice(0, column)}~${line.slice(column + 1)}`).join('\n');
          expect([line, column, digestOfParts(digests(sample, text))]).not.toEqual([line, column, digest]);
        }
      }
    },
  );
});

describe('what says nothing', () => {
  const free: [string, (text: string) => string][] = [
    ['line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['blanks at the end of a line', (text) => text.replaceAll('\n', ' \t\n')],
    ['further blank lines', (text) => text.replace(/\n\n/g, '\n\n\n \n')],
    ['blank lines between fields', (text) => text.replace(/\n(?=- [A-Z_]+:)/g, '\n\n')],
    ['no line end at the end', (text) => text.trimEnd()],
    ['another version of the spec in its names', (text) => text.replace(/_v02\.137(?=\.md)/g, '_v03.1')],
  ];
  const own: Record<string, [string, (text: string) => string][]> = {
    refinement: [
      ['moved lines of the spec', (text) => text.replace(/(CONTEXT_(?:START|END)_LINE: )\d+/g, '$199')],
      ['the line of the spec beside its name', (text) => text.replace('.md:12 ', '.md:4711 ')],
      ['the pin', (text) => text.replace(/(SPEC_TARGET\w*: ).*/g, '$1another')],
      ["the Operator's lines", (text) => text.replace(/(USER_\w+: ).*/g, '$1<pending>')],
      ["the Operator's lines, taken out", (text) => text.replace(/- USER_\w+: .*\n/g, '')],
    ],
    stub: [
      ['ticks', (text) => text.replaceAll('- [ ]', '- [x]')],
      ['its status', (text) => text.replace(/(STUB_STATUS: ).*/, '$1ACTIVATED')],
    ],
    packet: [
      ['its status', (text) => text.replace('Ready for Dev', 'Done')],
      ["the Coder's fields", (text) => text.replace('<unclaimed>', 'a model')],
      [
        "the Coder's sections",
        (text) => text.replace('DISALLOWED', 'ALLOWED').replace('none yet', 'src/demo.ts'),
      ],
      [
        'sections within those',
        (text) => text.replace('### EVIDENCE\n- none', '### EVIDENCE\n- all of it\n### MORE\n- x'),
      ],
    ],
  };

  const rows = samples.flatMap(([kind, sample]) =>
    [...free.filter(([name]) => kind !== 'packet' || !name.includes('version')), ...own[kind]!].map(
      ([name, edit]) => [kind, name, sample, edit] as const,
    ),
  );

  it.each(rows)('%s: %s', (_, __, sample, edit) => {
    const text = edit(sample.text);
    expect(text).not.toBe(sample.text);
    expect(changes(sample, text)).toEqual([]);
  });

  it('a status under no heading of METADATA', () => {
    const { parts } = SAMPLES.packet!;
    const at = (status: string): Part[] =>
      parts(`# Task Packet: WP-1-Demo-v1\n\n**Status:** ${status}\n\n## SCOPE\n- What: x\n`);
    expect(at('Done')).toEqual(at('Ready for Dev'));
  });
});

describe('a change is named', () => {
  const { refinement, stub, packet } = SAMPLES as Record<'refinement' | 'stub' | 'packet', Sample>;

  it.each<[string, Sample, (text: string) => string, string[]]>([
    [
      'a path in scope',
      packet,
      (text) => text.replace('src/demo.ts', 'src/demos.ts'),
      ['changed it:SCOPE.IN_SCOPE_PATHS'],
    ],
    [
      'a path more',
      packet,
      (text) => text.replace('  - src/other', '  - src/a.ts\n  - src/other'),
      ['changed it:SCOPE.IN_SCOPE_PATHS'],
    ],
    [
      'an indent',
      packet,
      (text) => text.replace('  - src/other', '   - src/other'),
      ['changed it:SCOPE.IN_SCOPE_PATHS'],
    ],
    [
      'a field more',
      packet,
      (text) => text.replace('- OUT_OF', '- RISK: x\n- OUT_OF'),
      ['added it:SCOPE.RISK'],
    ],
    ['a field less', packet, (text) => text.replace('- What: a demo\n', ''), ['removed it:SCOPE.What']],
    ['DONE_MEANS', packet, (text) => text.replace('it is tested', 'it is'), ['changed it:DONE_MEANS']],
    [
      'the spec version in a packet',
      packet,
      (text) => text.replace('137', '138'),
      ['changed it:AUTHORITY.SPEC_ANCHOR'],
    ],
    [
      'a section taken away',
      packet,
      (text) => text.slice(0, text.indexOf('## VALIDATION')),
      ['removed it:VALIDATION'],
    ],
    [
      'an excerpt',
      refinement,
      (text) => text.replace('is stored', 'is sored'),
      ['changed it:ANCHOR 2.EXCERPT_ASCII_ESCAPED'],
    ],
    [
      'a token',
      refinement,
      (text) => text.replace('TOKEN: 1.1.2', 'TOKEN: 1.1.3'),
      ['changed it:ANCHOR 2.CONTEXT_TOKEN'],
    ],
    [
      'an anchor',
      refinement,
      (text) => text.replace('md:12 1.1.2', 'md:12 1.1.3'),
      ['changed it:ANCHOR 2.SPEC_ANCHOR'],
    ],
    [
      'a spec of another name',
      refinement,
      (text) => text.replace('ANCHOR: Demo_Spec_v02.137.md:', 'ANCHOR: Demos_Spec_v02.137.md:'),
      ['changed it:ANCHOR 2.SPEC_ANCHOR'],
    ],
    [
      'a box',
      refinement,
      (text) => text.replace('Specific: [x]', 'Specific: [ ]'),
      ['changed it:CLEARLY_COVERS.Specific'],
    ],
    [
      'an item of the checklist',
      stub,
      (text) => text.replace('Obtain USER', 'Skip USER'),
      ['changed it:ACTIVATION_CHECKLIST'],
    ],
    [
      'a candidate',
      stub,
      (text) => text.replace('md 1.1.1', 'md 1.1.2'),
      ['changed it:STUB_METADATA.SPEC_ANCHOR_CANDIDATES'],
    ],
  ])('%s', (_, sample, edit, expected) => {
    expect(changes(sample, edit(sample.text))).toEqual(expected);
  });

  it('a line that changes sides, though every line is still there', () => {
    const before = '## SCOPE\n- IN_SCOPE_PATHS:\n- src/a.ts\n- OUT_OF_SCOPE:\n- src/b.ts\n';
    const after = '## SCOPE\n- IN_SCOPE_PATHS:\n- OUT_OF_SCOPE:\n- src/a.ts\n- src/b.ts\n';
    const of = (text: string): Record<string, string> => partDigests(['it', packet.parts(text)]);
    expect(changedParts(of(before), of(after))).toEqual([{ name: 'it:SCOPE', change: 'changed' }]);
  });

  it('a line that goes to the second of two sections of one title', () => {
    const before = '## NOTES\na\nb\n## SCOPE\nx\n## NOTES\nc\n';
    const after = '## NOTES\na\n## SCOPE\nx\n## NOTES\nb\nc\n';
    const of = (text: string): Record<string, string> => partDigests(['it', packet.parts(text)]);
    expect(changedParts(of(before), of(after))).toEqual([{ name: 'it:NOTES', change: 'changed' }]);
  });

  it('in one digest of all', () => {
    const of = (text: string): string => digestOfParts(digests(packet, text));
    expect(of(PACKET_TEXT)).toMatch(/^[0-9a-f]{64}$/);
    expect(of(PACKET_TEXT.replaceAll('\n', '\r\n'))).toBe(of(PACKET_TEXT));
    expect(of(PACKET_TEXT.replace('a demo', 'a dem0'))).not.toBe(of(PACKET_TEXT));
    expect(digestOfParts({ a: '1', b: '2' })).toBe(digestOfParts({ b: '2', a: '1' }));
  });
});

it('a heading of ninety thousand blanks is read at once', () => {
  const text = `## A${' '.repeat(90_000)}B\n- ${' '.repeat(90_000)}x\n`;
  expect(SAMPLES.packet!.parts(text)).toHaveLength(1);
});
