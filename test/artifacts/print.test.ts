import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedAuditRow,
  changedEntry,
  changedField,
  changedNote,
  changedRow,
  printDocument,
  readPacket,
  readRefinement,
  readRegistry,
  readSignatureAudit,
  readStub,
  readTaskBoard,
  tickedItem,
  Unprintable,
  withField,
} from '../../tools/artifacts/index.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';
import { readBase } from '../checks/base.ts';
import { fileOf } from './memory.ts';

const BOARD =
  '# Board\n\n## Ready for Dev\n\nProse.\n\n---\n\n## Done\n- **[WP-1-A-v1]** - [VALIDATED]\n  more of it\n* **[WP-1-B-v1]**\n\n## Blocked\n';
const REGISTRY =
  '| Base WP ID | Active Packet | Task Board | Notes |\n|--:|---|---|---|\n| WP-1-A | `a.md` |Done: WP-1-A|active=WP-1-A-v1; free \\| text |\n| WP-1-B | b.md |\n\nafter\n';
const AUDIT =
  '| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|-|-|-|-|-|-|\n| x1 | O | t | p | v | n |\n';
const PACKET =
  '# Task Packet: WP-1-A-v1\n## METADATA\n- **Status:** In Progress (not done)\n- WP_ID:\n- KEY: a <!-- c --> b\n```\n- WP_ID: z\n```\n- AFTER: x\n';

const ends: [string, (text: string) => string][] = [
  ['LF', (text) => text],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['mixed line ends', (text) => text.replace('\n', '\r\n')],
  ['a BOM', (text) => `\ufeff${text}`],
  ['no final line end', (text) => text.trimEnd()],
  ['a lone CR', (text) => text.replace('# ', '# a\rb ')],
  ['two final CRs', (text) => `${text}\r\r`],
];
const again = (file: TextFile, text: string): TextFile => decode(file.path, new TextEncoder().encode(text));

describe('printing what was read', () => {
  const models = (change: (text: string) => string) => [
    readStub(fileOf('S.md', change(readBase('stub.md')))),
    readPacket(fileOf('P.md', change(PACKET))),
    readRefinement(
      fileOf('R.md', change('### METADATA\n- WP_ID: x <!-- y -->\n#### ANCHOR 1\n- SPEC_ANCHOR: a\n')),
    ),
    readTaskBoard(fileOf('B.md', change(BOARD))),
    readRegistry(fileOf('T.md', change(REGISTRY))),
    readSignatureAudit(fileOf('A.md', change(AUDIT))),
  ];

  it.each(ends)('gives back its bytes, with %s', (_, change) => {
    for (const model of models(change)) {
      expect(printDocument(model)).toBe((model.file.bom ? '\ufeff' : '') + model.file.text);
    }
  });

  it('gives back the bytes of any text', () => {
    const any = fc.array(
      fc.oneof(
        fc.constantFrom(...`${BOARD}${REGISTRY}${AUDIT}${PACKET}`.split(/(?<=\n)/), '\r', '\r\n'),
        fc.string({ unit: 'grapheme' }),
      ),
    );
    fc.assert(
      fc.property(any, (parts) => {
        for (const read of [
          readStub,
          readPacket,
          readRefinement,
          readTaskBoard,
          readRegistry,
          readSignatureAudit,
        ]) {
          const file = fileOf('X.md', parts.join(''));
          expect(printDocument(read(file))).toBe((file.bom ? '\ufeff' : '') + file.text);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('printing fields', () => {
  const packet = readPacket(fileOf('P.md', PACKET));
  const withValue = (key: string, value: string): string =>
    printDocument(withField(packet, changedField(packet.fields.find((field) => field.key === key)!, value)));

  it('changes a value, and keeps its note', () => {
    expect(withValue('Status', 'Done')).toBe(PACKET.replace('In Progress (not done)', 'Done (not done)'));
    expect(readPacket(again(packet.file, withValue('Status', 'Done'))).status?.value).toBe('Done');
  });

  it('fills an empty value, and none in a fence', () => {
    expect(withValue('WP_ID', 'WP-1-A-v1')).toBe(PACKET.replace('- WP_ID:\n', '- WP_ID: WP-1-A-v1\n'));
  });

  it.each(ends)('changes nothing but the value, with %s', (_, change) => {
    const own = readPacket(fileOf('P.md', change(PACKET)));
    const text = printDocument(withField(own, changedField(own.status!, 'Done')));
    expect(text).toBe((own.file.bom ? '\ufeff' : '') + own.file.text.replace('In Progress', 'Done'));
  });

  it.each([
    ['Status', 'a\nb', 'one line'],
    ['Status', 'a\rb', 'one line'],
    ['Status', 'a\ud800', 'one line'],
    ['Status', ' a', 'one that reads back as itself'],
    ['AFTER', '<!-- x', 'one that reads back as itself'],
    ['KEY', 'x', 'a value without a comment in it'],
  ])('refuses %s: %j', (key, value, expected) => {
    const field = packet.fields.find((each) => each.key === key)!;
    const raw = value + field.raw.slice(field.value.length);
    expect(() => withValue(key, value)).toThrow(
      new Unprintable('P.md', `value of ${key}`, raw, expected, field.place).message,
    );
  });

  it('refuses a value that opens a comment over what follows', () => {
    expect(() => withValue('Status', 'a <!-- b')).toThrow(Unprintable);
  });

  it('refuses two values for one place, and a field from elsewhere', () => {
    const [status, ...rest] = packet.fields;
    const two = {
      ...packet,
      fields: [changedField(status!, 'A'), ...rest],
      status: changedField(status!, 'B'),
    };
    expect(() => printDocument(two)).toThrow(
      'Unexpected value of Status "B (not done)", expected one value, not two',
    );
    const place = { ...status!.keyPlace, line: 99 };
    expect(() => printDocument({ ...packet, fields: [{ ...status!, keyPlace: place }] })).toThrow(
      'Unexpected value of Status "In Progress (not done)", expected a field that stands in the document',
    );
  });
});

describe('printing boxes', () => {
  const text = '## STUB_METADATA\n## ACTIVATION_CHECKLIST\n- [ ] a\n- [~] b\n* [x] c\n1. d\n';
  const stub = readStub(fileOf('S.md', text));
  const ticked = (...states: (boolean | undefined)[]): string =>
    printDocument({
      ...stub,
      checklist: {
        ...stub.checklist!,
        items: stub.checklist!.items.map((item, at) =>
          states[at] === undefined ? item : tickedItem(item, states[at]),
        ),
      },
    });

  it('ticks and unticks, and leaves odd ones alone that nobody asked for', () => {
    expect(ticked(true, undefined, false)).toBe(text.replace('[ ]', '[x]').replace('* [x]', '* [ ]'));
    expect(ticked(undefined, true)).toBe(text.replace('[~]', '[x]'));
  });

  it('refuses a box that a numbered step does not have', () => {
    expect(() => ticked(undefined, undefined, undefined, true)).toThrow(
      'Unexpected state of item 4 "x", expected a box that says it',
    );
  });
});

describe('printing a board', () => {
  const board = readTaskBoard(fileOf('B.md', BOARD));
  const [a, b] = board.entries;
  const print = (...entries: Parameters<typeof changedEntry>[0][]): string =>
    printDocument({ ...board, entries });

  it.each([
    ['a token', [changedEntry(a!, { token: 'FAIL' }), b!], BOARD.replace('[VALIDATED]', '[FAIL]')],
    [
      'a bare entry with a token',
      [a!, changedEntry(b!, { token: 'FAIL' })],
      BOARD.replace('* **[WP-1-B-v1]**', '* **[WP-1-B-v1]** - [FAIL]'),
    ],
    [
      'details',
      [a!, changedEntry(b!, { detail: 'branch: x' })],
      BOARD.replace('* **[WP-1-B-v1]**', '* **[WP-1-B-v1]** - branch: x'),
    ],
    [
      'one taken out, with its lines',
      [b!],
      BOARD.replace('- **[WP-1-A-v1]** - [VALIDATED]\n  more of it\n', ''),
    ],
    [
      'in another order',
      [b!, a!],
      BOARD.replace(
        '- **[WP-1-A-v1]** - [VALIDATED]\n  more of it\n* **[WP-1-B-v1]**\n',
        '* **[WP-1-B-v1]**\n- **[WP-1-A-v1]** - [VALIDATED]\n  more of it\n',
      ),
    ],
    [
      'moved behind prose',
      [changedEntry(b!, { section: 'Ready for Dev', token: 'READY_FOR_DEV' }), a!],
      BOARD.replace('Prose.\n', 'Prose.\n\n* **[WP-1-B-v1]** - [READY_FOR_DEV]\n').replace(
        '  more of it\n* **[WP-1-B-v1]**\n',
        '  more of it\n',
      ),
    ],
    [
      'a new one in an empty section',
      [a!, b!, { wpId: 'WP-1-C-v1', section: 'Blocked', token: 'BLOCKED', detail: 'blocked_by: WP-1-A-v1' }],
      `${BOARD}- **[WP-1-C-v1]** - [BLOCKED] - blocked_by: WP-1-A-v1\n`,
    ],
  ])('%s', (_, entries, expected) => {
    expect(print(...entries)).toBe(expected);
  });

  it.each([
    [
      'a section that is not there',
      { section: 'Nowhere' },
      'Unexpected section "Nowhere", expected one of the board',
    ],
    ['a token of two lines', { token: 'A\nB' }, 'Unexpected token "A\\nB", expected one line'],
    [
      'a token that ends itself',
      { token: 'A]' },
      'Unexpected entry "**[WP-1-B-v1]** - [A]]", expected one that reads back as itself',
    ],
    [
      'an id that ends itself',
      { wpId: 'WP-1]' },
      'Unexpected entry "**[WP-1]]**", expected one that reads back as itself',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => print(a!, changedEntry(b!, change))).toThrow(message);
  });
});

describe('printing tables', () => {
  const registry = readRegistry(fileOf('T.md', REGISTRY));
  const audit = readSignatureAudit(fileOf('A.md', AUDIT));
  const [a, b] = registry.rows;
  const print = (...rows: Parameters<typeof changedRow>[0][]): string => printDocument({ ...registry, rows });

  it.each([
    [
      'a cell between tight pipes',
      [changedRow(a!, { taskBoard: 'Done: WP-1-A-v1' }), b!],
      REGISTRY.replace('|Done: WP-1-A|', '| Done: WP-1-A-v1 |'),
    ],
    [
      'a path in its code span',
      [changedRow(a!, { activePacket: 'c.md' }), b!],
      REGISTRY.replace('`a.md`', '`c.md`'),
    ],
    [
      'one part of the notes',
      [changedNote(a!, a!.parts[0]!, 'active=WP-1-A-v2'), b!],
      REGISTRY.replace('|active=WP-1-A-v1; free', '| active=WP-1-A-v2; free'),
    ],
    [
      'a pipe, which is escaped',
      [changedRow(a!, { taskBoard: 'a|b' }), b!],
      REGISTRY.replace('|Done: WP-1-A|', '| a\\|b |'),
    ],
    [
      'a row that was too short',
      [a!, changedRow(b!, { notes: 'stub' })],
      REGISTRY.replace('| WP-1-B | b.md |', '| WP-1-B | b.md |  | stub |'),
    ],
    ['a row taken out', [b!], REGISTRY.replace(/\| WP-1-A .*\n/, '')],
    [
      'a row on top',
      [{ baseWpId: 'WP-1-C', activePacket: 'c.md', taskBoard: '', notes: '' }, a!, b!],
      REGISTRY.replace('|---|---|---|\n', '|---|---|---|\n| WP-1-C | c.md |  |  |\n'),
    ],
  ])('%s', (_, rows, expected) => {
    expect(print(...rows)).toBe(expected);
  });

  it.each([
    ['a line break', 'a\nb', 'cells of one line'],
    ['blanks at its edge', ' a', 'one that reads back as itself'],
    ['a backslash before a pipe', 'a\\|b', 'one that reads back as itself'],
  ])('refuses %s', (_, notes, expected) => {
    expect(() => print(changedRow(a!, { notes }), b!)).toThrow(
      `Unexpected row ${JSON.stringify(`WP-1-A | a.md | Done: WP-1-A | ${notes}`)}, expected ${expected}`,
    );
  });

  it('refuses a cell that would hide the rows below it', () => {
    expect(() => print(changedRow(a!, { notes: '<!--' }), b!)).toThrow(
      'Unexpected change "| WP-1-B | b.md |", expected line 4 to be read as it was: a value opens or closes a comment or a fence',
    );
  });

  it('refuses a row for a document without its table', () => {
    const none = readRegistry(fileOf('T.md', 'nothing\n'));
    expect(() => printDocument({ ...none, rows: [changedRow(a!, {})] })).toThrow(
      'expected a document with the table that it belongs in',
    );
  });

  it('records a signature on top of the audit', () => {
    const row = { ...changedAuditRow(audit.rows[0]!, { signature: 'x2' }), place: undefined };
    expect(printDocument({ ...audit, rows: [row as never, ...audit.rows] })).toBe(
      AUDIT.replace('| x1', '| x2 | O | t | p | v | n |\n| x1'),
    );
  });

  it('whatever is given reads back as itself, or is refused', () => {
    let refusals = 0;
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a|b', '`a|b`', '\\', '\\|', '<!--', '-->', '|', '---', '> a'),
    );
    fc.assert(
      fc.property(cell, cell, (taskBoard, notes) => {
        let text: string;
        try {
          text = print(changedRow(a!, { taskBoard, notes }), b!);
        } catch (error) {
          if (!(error instanceof Unprintable)) throw error;
          refusals += 1;
          return;
        }
        const [first, second] = readRegistry(again(registry.file, text)).rows;
        expect([first!.taskBoard, first!.notes, second!.baseWpId]).toEqual([taskBoard, notes, 'WP-1-B']);
      }),
      { numRuns: 400 },
    );
    expect(refusals).toBeGreaterThan(10);
    expect(refusals).toBeLessThan(200);
  });
});
