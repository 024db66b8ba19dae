import { describe, expect, it } from 'vitest';
import {
  BY,
  demoFiles,
  MODEL,
  MOVES,
  NEW,
  OLD,
  PACKET,
  packetText,
  RECOVERY,
  REFINEMENT,
  refinementText,
  SIGNATURE,
  SPAWN,
  STUB,
  specText,
  stubText,
} from './demo-spec.ts';
import { documentsOf } from './opened.ts';

type Changes = readonly (readonly [string, string])[];

/** Each document with what became of it and of its signature. */
async function affected(changes: Changes, files: Record<string, string> = {}) {
  const documents = await documentsOf(demoFiles({ [NEW]: specText(...changes), ...files }));
  return documents.map(({ file, change, signature }) => [
    file,
    change,
    ...(signature ? [signature.state] : []),
  ]);
}

/** What became of one anchor of the refinement, and why. */
async function fate(anchor: Partial<typeof MODEL>, ...changes: Changes) {
  const files = {
    [NEW]: specText(...changes),
    [REFINEMENT]: refinementText({ anchors: [{ ...MODEL, ...anchor }] }),
  };
  const [refinement] = await documentsOf(demoFiles(files));
  const { change, reason, window } = refinement!.pins[0]!;
  return window ? [change, reason, window] : [change, reason];
}

describe('a version bump', () => {
  it('that changes nothing', async () => {
    expect(await affected([])).toEqual([
      [REFINEMENT, 'SAME', 'KEPT'],
      [PACKET, 'SAME', 'KEPT'],
      [STUB, 'SAME'],
    ]);
  });

  it('G08: that only moves lines keeps the signature', async () => {
    expect(await affected([MOVES])).toEqual([
      [REFINEMENT, 'MOVED', 'KEPT'],
      [PACKET, 'MOVED', 'KEPT'],
      [STUB, 'MOVED'],
    ]);
  });

  it('G09: that edits one word of a clause re-opens the signature of the refinement and of its packet', async () => {
    expect(await affected([['never lost', 'seldom lost']])).toEqual([
      [REFINEMENT, 'CHANGED', 'REOPENED'],
      [PACKET, 'CHANGED', 'REOPENED'],
      [STUB, 'SAME'],
    ]);
  });

  it('lists the packet that names none of the clauses, through its refinement', async () => {
    const files = demoFiles({
      [NEW]: specText(['never lost', 'seldom lost']),
      [PACKET]: packetText().replace(/- SPEC_ANCHOR.*\n/, ''),
    });
    const packet = (await documentsOf(files)).find(({ file }) => file === PACKET)!;
    expect([packet.change, packet.through, packet.signature]).toEqual([
      'CHANGED',
      REFINEMENT,
      {
        text: SIGNATURE,
        state: 'REOPENED',
        audit: { file: '.GOV/roles_shared/SIGNATURE_AUDIT.md', line: 3, version: 'v02.134' },
      },
    ]);
  });

  it('that changes what only the packet names leaves the signature to the refinement', async () => {
    const changed = [['nothing else', 'nothing more']] as const;
    expect(await affected(changed, { [PACKET]: packetText(`${OLD} 1.1.3 Recovery`) })).toEqual([
      [REFINEMENT, 'SAME', 'KEPT'],
      [PACKET, 'CHANGED', 'KEPT'],
      [STUB, 'CHANGED'],
    ]);
  });

  it('an excerpt that its own version does not have keeps no signature', async () => {
    const anchors = [{ ...MODEL, excerpt: ['A session has a mind.'] }];
    const files = { [NEW]: specText(MOVES), [REFINEMENT]: refinementText({ anchors }) };
    expect(await affected([MOVES], files)).toEqual([
      [REFINEMENT, 'MOVED', 'UNPROVEN'],
      [PACKET, 'MOVED', 'UNPROVEN'],
      [STUB, 'MOVED'],
    ]);
    const [refinement] = await documentsOf(demoFiles(files));
    expect(refinement!.pins[0]!.doubt).toBe(
      'EXCERPT_MISMATCH: "A session has a mind." is not in lines 7-15 of the spec',
    );
  });

  it('G10: a hash of another version is SPEC_HASH_MISMATCH, whatever else is true', async () => {
    const spec = specText(MOVES);
    expect(await affected([MOVES], { [REFINEMENT]: refinementText({ spec, file: OLD }) })).toEqual([
      [REFINEMENT, 'SPEC_HASH_MISMATCH', 'REOPENED'],
      [PACKET, 'SPEC_HASH_MISMATCH', 'REOPENED'],
      [STUB, 'MOVED'],
    ]);
  });

  it('a pin that is not at hand is SPEC_FILE_ABSENT, and keeps no signature of its packet either', async () => {
    const gone = { file: 'Demo_Spec_v02.101.md', sha1: '0'.repeat(40) };
    expect(await affected([MOVES], { [REFINEMENT]: refinementText(gone) })).toEqual([
      [REFINEMENT, 'SPEC_FILE_ABSENT', 'UNPROVEN'],
      [PACKET, 'SPEC_FILE_ABSENT', 'UNPROVEN'],
      [STUB, 'MOVED'],
    ]);
  });

  it('a pin of the new version is not compared, one without a spec has none', async () => {
    const spec = specText(MOVES);
    const anchors = [{ ...MODEL, text: '1.1.1', start: MODEL.start + BY, end: MODEL.end + BY }];
    expect(
      await affected([MOVES], {
        [REFINEMENT]: refinementText({ spec, file: NEW, anchors }),
        [STUB]: stubText('1.1.3'),
      }),
    ).toEqual([
      [REFINEMENT, 'OTHER_SPEC', 'UNPROVEN'],
      [PACKET, 'OTHER_SPEC', 'UNPROVEN'],
      [STUB, 'NO_SPEC'],
    ]);
  });
});

describe('a window', () => {
  it('that stays where it is', async () => {
    expect(await fate({})).toEqual(['SAME', '1.1.1 Session Model, lines 7-15', { start: 7, end: 15 }]);
  });

  it('that moves takes its lines along', async () => {
    expect(await fate({}, MOVES)).toEqual([
      'MOVED',
      '1.1.1 Session Model, lines 7-15 are now 11-19',
      { start: 11, end: 19 },
    ]);
  });

  it('that moves within its section, by blank lines alone', async () => {
    expect(await fate({}, ['says \u00a74.\n', 'says \u00a74.\n\n\n'])).toEqual([
      'MOVED',
      '1.1.1 Session Model, lines 7-15 are now 7-17',
      { start: 7, end: 17 },
    ]);
  });

  it('whose encoding broke is the same', async () => {
    expect(await fate({}, ['\u00a74', '\u00c2\u00a74'])).toEqual([
      'SAME',
      '1.1.1 Session Model, lines 7-15',
      { start: 7, end: 15 },
    ]);
  });

  it.each<[string, Partial<typeof MODEL>, [string, string], string, string]>([
    [
      'in which one word changed',
      {},
      ['never lost', 'seldom lost'],
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7)',
    ],
    [
      'in which a default in a comment changed',
      {},
      ['default 3', 'default 4'],
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7), rules or schema lines among it',
    ],
    [
      'that is the same in a clause that changed elsewhere',
      { start: 7, end: 9 },
      ['never lost', 'seldom lost'],
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7)',
    ],
    [
      'whose number is another section than the one around it',
      { text: `${OLD} 1.1.3 Recovery`, start: 7, end: 9 },
      ['never lost', 'seldom lost'],
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7)',
    ],
    [
      'whose clause has another number now',
      {},
      ['### 1.1.1 Session', '### 1.1.7 Session'],
      'RENUMBERED',
      '1.1.1 Session Model is now 1.1.7 Session Model (line 7)',
    ],
    [
      'whose clause is gone',
      { text: `${OLD} 1.1.3 Recovery`, start: 25, end: 27 },
      ['### 1.1.3 Recovery (Normative)\n\nA crash is recovered from the log, and nothing else.\n\n', ''],
      'GONE',
      '1.1.3 Recovery is gone from v02.138',
    ],
    [
      'over two sections between which a new one stands',
      { start: 15, end: 19 },
      ['### 1.1.2 Spawn', '### 1.1.8 New\n\nIt is new.\n\n### 1.1.2 Spawn'],
      'CHANGED',
      'lines 15-19 do not stand together in v02.138 any more (line 17)',
    ],
    [
      'that says nothing',
      { start: 8, end: 8, token: 'x' },
      ['never lost', 'seldom lost'],
      'UNRESOLVED',
      'lines 8-8 say nothing in v02.134',
    ],
  ])('%s', async (_, anchor, change, word, reason) => {
    expect(await fate(anchor, change)).toEqual([word, reason]);
  });

  it('that begins and ends in blank lines keeps them where they are there', async () => {
    expect(await fate({ start: 16, end: 20, token: '1.1.2' }, MOVES)).toEqual([
      'MOVED',
      '1.1.2 Spawn Rules, lines 16-20 are now 20-24',
      { start: 20, end: 24 },
    ]);
    expect(
      await fate({ start: 16, end: 20, token: '1.1.2' }, ['lost.\n\n### 1.1.2', 'lost.\n### 1.1.2']),
    ).toEqual(['MOVED', '1.1.2 Spawn Rules, lines 16-20 are now 16-19', { start: 16, end: 19 }]);
  });

  it('over several sections says which one is worst, and how many more', async () => {
    const [change, reason] = await fate(
      { start: 7, end: 27 },
      ['never lost', 'seldom lost'],
      ['Three levels', 'Four levels'],
    );
    expect([change, reason]).toEqual([
      'CHANGED',
      'the text of 1.1.1 Session Model changed (line 7) (and 1 more of 4 sections)',
    ]);
  });
});

describe('an anchor without a window', () => {
  async function clause(anchor: string, ...changes: Changes) {
    const documents = await documentsOf(demoFiles({ [NEW]: specText(...changes), [STUB]: stubText(anchor) }));
    const { change, reason } = documents.find(({ file }) => file === STUB)!.pins[0]!;
    return [change, reason];
  }

  it.each<[string, string, [string, string], string, string]>([
    ['that moved', '1.1.3 Recovery', [...MOVES], 'MOVED', '1.1.3 Recovery, line 25 is now 29'],
    [
      'that changed below',
      '1.1.2 Spawn Rules',
      ['Three levels', 'Four levels'],
      'CHANGED',
      '1 section below 1.1.2 Spawn Rules changed, came or went',
    ],
    [
      'of a range, in whose midst something changed',
      '1.1.1-1.1.3',
      ['bounded by its parent', 'bounded by its root'],
      'CHANGED',
      'the text of 1.1.2 Spawn Rules changed (line 17)',
    ],
    [
      'of a list, whose second changed',
      '1.1.1 Session Model + 1.1.3 Recovery',
      ['nothing else', 'nothing more'],
      'CHANGED',
      'the text of 1.1.3 Recovery changed (line 25)',
    ],
    ['of an addendum', 'Addendum: 1.9 Quiet Hours', [...MOVES], 'SAME', 'Addendum 1.9'],
    [
      'of an addendum that changed',
      'Addendum: 1.9 Quiet Hours',
      ['at night', 'by day'],
      'CHANGED',
      'the text of Addendum 1.9 changed',
    ],
    [
      'that its own version does not have',
      '9.9.9 Nothing',
      [...MOVES],
      'UNRESOLVED',
      'it is UNRESOLVED in v02.134: no heading has the number 9.9.9',
    ],
    [
      'that never had this title',
      '1.1.3 Cookies',
      [...MOVES],
      'UNRESOLVED',
      'it is TITLE_MISMATCH in v02.134: the heading says "Recovery", the anchor says "Cookies"',
    ],
  ])('%s', async (_, anchor, change, word, reason) => {
    expect(await clause(`${OLD} ${anchor}`, change)).toEqual([word, reason]);
  });

  // A spec whose ids stand on lines of their own.
  const RULES = [
    'Three levels, counted from the root.',
    'Three levels, counted from the root.\n\n- **INV-SPAWN-001** A child has a parent.\n- **INV-SPAWN-002** A child has a depth.\n- **INV-SPAWN-003** A child has an end.',
  ] as const;

  /** What became of an anchor between two versions that both have the ids; `and` is what the new one changes. */
  async function rule(anchor: string, ...and: Changes) {
    const files = { [OLD]: specText(RULES), [NEW]: specText(RULES, ...and), [STUB]: stubText(anchor) };
    const documents = await documentsOf(demoFiles(files));
    const { change, reason } = documents.find(({ file }) => file === STUB)!.pins[0]!;
    return [change, reason];
  }

  it.each<[string, string, [string, string], string, string]>([
    ['ids', 'INV-SPAWN-001..003', ['never lost', 'seldom lost'], 'SAME', 'INV-SPAWN-001, line 25'],
    ['ids', 'INV-SPAWN-001..003', [...MOVES], 'MOVED', 'INV-SPAWN-001, line 25 is now 29'],
    [
      'ids, whose last changed',
      'INV-SPAWN-001..003',
      ['has an end', 'has no end'],
      'CHANGED',
      'the text of INV-SPAWN-003 changed (line 27)',
    ],
    [
      'ids, one of which is gone',
      'INV-SPAWN-001/002',
      ['- **INV-SPAWN-002** A child has a depth.\n', ''],
      'GONE',
      'INV-SPAWN-002 is gone from v02.138',
    ],
    [
      'an id, whose section changed around it',
      'INV-SPAWN-001',
      ['Three levels', 'Four levels'],
      'SAME',
      'INV-SPAWN-001, line 25',
    ],
    [
      'an id behind its number, whose section changed around it',
      '1.1.2.1 INV-SPAWN-001',
      ['Three levels', 'Four levels'],
      'SAME',
      'INV-SPAWN-001, line 25',
    ],
    [
      'an id that stands under another number now',
      '1.1.2.1 INV-SPAWN-001',
      ['#### 1.1.2.1 Depth', '#### 1.1.2.4 Depth'],
      'RENUMBERED',
      'INV-SPAWN-001 stands in 1.1.2.4, line 25 now',
    ],
    ['a group', 'INV-SPAWN-*', ['Three levels', 'Four levels'], 'SAME', 'INV-SPAWN-001, line 25'],
    [
      'a group with a new member',
      'INV-SPAWN-*',
      ['has an end.', 'has an end.\n- **INV-SPAWN-004** A child has a name.'],
      'CHANGED',
      '1 id came, the first is INV-SPAWN-004',
    ],
  ])('of %s', async (_, anchor, change, word, reason) => {
    expect(await rule(`${OLD} ${anchor}`, change)).toEqual([word, reason]);
  });

  it.each<[string, string, [string, string], string, string]>([
    [
      'a list, whose second never had this title',
      '1.1.1 Session Model / 1.1.3 Cookies',
      [...MOVES],
      'UNRESOLVED',
      'it is TITLE_MISMATCH in v02.134: the heading says "Recovery", the anchor says "Cookies"',
    ],
    [
      'a wildcard, under which a section came',
      '1.1.*',
      ['## 1.2 Guides', '### 1.1.4 Names\n\nA child has one.\n\n## 1.2 Guides'],
      'CHANGED',
      '1 section came below 1.1, the first is 1.1.4 Names',
    ],
    [
      'a wildcard, whose new section stands elsewhere',
      '1.1.*',
      ['Write plainly.', 'Write plainly.\n\n### 1.1.4 Names\n\nA child has one.'],
      'CHANGED',
      '1 section came below 1.1, the first is 1.1.4 Names',
    ],
    [
      'a range, in which a section came elsewhere',
      '1.1.1-1.1.3',
      ['Write plainly.', 'Write plainly.\n\n### 1.1.2.9 Names\n\nA child has one.'],
      'CHANGED',
      '1 section came in 1.1.1-1.1.3, the first is 1.1.2.9 Names',
    ],
    [
      'a range without an end',
      '1.1.1-1.1.9',
      [...MOVES],
      'UNRESOLVED',
      'it is UNRESOLVED in v02.134: the end of the range, 1.1.9, is not found',
    ],
    ['a wildcard that moved', '1.1.*', [...MOVES], 'MOVED', '1.1 Session Law, line 5 is now 9'],
  ])('of %s', async (_, anchor, change, word, reason) => {
    expect(await clause(`${OLD} ${anchor}`, change)).toEqual([word, reason]);
  });

  it('that leads to several clauses now is no longer one', async () => {
    const twin: [string, string] = [
      '### 1.1.3 Recovery',
      '### 1.1.3 Recovery Twin\n\nx\n\n### 1.1.3 Recovery',
    ];
    const [change, reason] = await clause(`${OLD} 1.1.3 Recovery`, twin);
    expect([change, reason]).toEqual([
      'UNRESOLVED',
      'it is AMBIGUOUS in v02.138: 2 headings have the number 1.1.3',
    ]);
  });

  it('of a line moves with that line', async () => {
    const documents = await documentsOf(
      demoFiles({ [NEW]: specText(MOVES), [PACKET]: packetText(`${OLD}:27 crash`) }),
    );
    const pins = documents
      .find(({ file }) => file === PACKET)!
      .pins.map((pin) => [pin.change, pin.reason, pin.specLine]);
    expect(pins).toEqual([['MOVED', 'line 27 is now 31', 31]]);
  });
});

it('windows of the same document are judged each by itself', async () => {
  const files = demoFiles({
    [NEW]: specText(MOVES, ['bounded by its parent', 'bounded by its root']),
    [REFINEMENT]: refinementText({ anchors: [MODEL, SPAWN, RECOVERY] }),
  });
  const [refinement] = await documentsOf(files);
  expect(refinement!.pins.map(({ change }) => change)).toEqual(['MOVED', 'CHANGED', 'MOVED']);
});
