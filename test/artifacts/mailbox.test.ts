import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  printMailboxFile,
  printMailboxThread,
  readMailboxFile,
  readMailboxThread,
} from '../../tools/artifacts/index.ts';
import { canonicalAscii } from '../../tools/artifacts/json/canonical-ascii.ts';
import { fileOf, textAt, treeOf } from './memory.ts';

const INDEX = '.GOV/ROLE_MAILBOX/index.json';
const THREAD = '.GOV/ROLE_MAILBOX/threads/t-1.jsonl';
const threadOf = (text: string) => readMailboxThread(fileOf(THREAD, text));

describe('readMailboxThread', () => {
  it('reads a message in each line, and what is none is a finding there', () => {
    const text = '{"message_id":"m-1"}\r\n\r\n{"message_id":\n[]\n{"message_id":"m-2"}';
    const { threadId, messages, lines, findings, file } = threadOf(text);
    expect([threadId, lines.length]).toEqual(['t-1', 4]);
    expect(messages.map((message) => textAt(file, message.text('message_id')!.place))).toEqual([
      '"m-1"',
      '"m-2"',
    ]);
    expect(findings.map(({ place, message }) => `${place.line}:${place.column} ${message}`)).toEqual([
      '3:15 Unexpected end of the line, expected a value',
      '4:1 Unexpected content, expected an object that is a message',
    ]);
  });

  it('an empty thread has no message, and nothing is wrong with it', () => {
    expect([threadOf('').messages, threadOf('').findings]).toEqual([[], []]);
  });
});

describe('the tree', () => {
  it('has the parts of the mailbox together, and no other JSON lines', async () => {
    const tree = await treeOf({
      [INDEX]: '{}',
      '.GOV/ROLE_MAILBOX/export_manifest.json': '{}',
      [THREAD]: '{}',
      '.GOV/ROLE_MAILBOX/threads/t-0.jsonl': '',
      '.GOV/ROLE_MAILBOX/README.md': '# Mailbox',
      '.GOV/ROLE_MAILBOX/other.json': '[]',
      '.GOV/receipts/log.jsonl': '{}',
    });
    const { mailbox } = tree;
    expect([mailbox?.path, mailbox?.index?.path, mailbox?.manifest?.content]).toEqual([
      '.GOV/ROLE_MAILBOX',
      INDEX,
      {},
    ]);
    expect(mailbox?.threads.map(({ threadId }) => threadId)).toEqual(['t-0', 't-1']);
    expect(tree.files.map(({ path }) => path)).not.toContain('.GOV/receipts/log.jsonl');
  });

  it('without a mailbox has none', async () => {
    expect((await treeOf({ '.GOV/ROLE_MAILBOX/README.md': '# Mailbox' })).mailbox).toBe(undefined);
  });
});

describe('printing', () => {
  const content = { threads: [], generated_at: 'ä', schema_version: 'role_mailbox_export_v1' };
  const text = JSON.stringify(content, null, 2);

  it('a file that is not changed keeps its form, a changed one is canonical', () => {
    const file = readMailboxFile(fileOf(INDEX, `\ufeff${text}`));
    expect(printMailboxFile(file)).toBe(`\ufeff${text}`);
    expect(printMailboxFile({ ...file, content: { ...content, threads: [1] } })).toBe(
      '{"generated_at":"\\u00E4","schema_version":"role_mailbox_export_v1","threads":[1]}\n',
    );
  });

  it('a message that is added, changed or taken away makes the thread canonical', () => {
    const thread = threadOf('{"b":1, "a":2}\r\n{"c":3}');
    expect(printMailboxThread(thread)).toBe('{"b":1, "a":2}\r\n{"c":3}');
    const [first] = thread.content;
    expect(printMailboxThread({ ...thread, content: [...thread.content, { d: 'é' }] })).toBe(
      '{"a":2,"b":1}\n{"c":3}\n{"d":"\\u00E9"}\n',
    );
    expect(printMailboxThread({ ...thread, content: [first] })).toBe('{"a":2,"b":1}\n');
  });

  it('a thread that cannot be read is not written over', () => {
    const thread = threadOf('{"a":1}\n{');
    expect(printMailboxThread(thread)).toBe('{"a":1}\n{');
    expect(() => printMailboxThread({ ...thread, content: [] })).toThrow(
      'Unexpected end of the line, expected "}"',
    );
  });

  it('what was printed holds what was meant, and is printed the same again', () => {
    const message = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.array(message), fc.array(message), (before, after) => {
        const thread = threadOf(before.map((each) => `${JSON.stringify(each)}\n`).join(''));
        const printed = printMailboxThread({ ...thread, content: [...thread.content, ...after] });
        const back = threadOf(printed);
        const meant: unknown = JSON.parse(JSON.stringify([...before, ...after]));
        expect([back.content, back.findings]).toEqual([meant, []]);
        if (after.length > 0)
          expect(printed).toBe(back.content.map((each) => `${canonicalAscii(each)}\n`).join(''));
      }),
    );
  });
});
