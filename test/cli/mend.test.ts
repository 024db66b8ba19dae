import { describe, expect, it } from 'vitest';
import { planFixes } from '../../tools/cli/check/mend.ts';
import type { Finding } from '../../tools/findings/index.ts';

/** A rule of the test: where its word stands in a file, the other word is put. */
type Rules = Readonly<Record<string, string>>;

function judge(rules: Rules, files: ReadonlyMap<string, string | undefined>): Finding[] {
  return [...files].flatMap(([file, text = '']) =>
    Object.entries(rules).flatMap(([word, put]) => {
      const at = text.replace('\ufeff', '').indexOf(word);
      if (at < 0) return [];
      const range = { line: 1, column: at + 1, endLine: 1, endColumn: at + word.length + 1 };
      const place = { file, ...range };
      return [
        {
          rule: `demo/${word}`,
          severity: 'error' as const,
          place,
          message: '',
          args: {},
          fix: [{ range, text: put }],
        },
      ];
    }),
  );
}

async function plan(rules: Rules, files: Record<string, string>) {
  let rounds = 0;
  const tree = new Map(Object.entries(files));
  const { files: mended, ...rest } = await planFixes(judge(rules, tree), {
    read: async (path) => {
      const text = tree.get(path);
      return text === undefined ? undefined : Buffer.from(text);
    },
    judge: async (edits) => {
      rounds += 1;
      return judge(rules, new Map([...tree, ...edits]));
    },
  });
  const texts = Object.fromEntries(mended.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
  return { texts, rounds, fixed: rest.fixed, left: rest.left, after: rest.after.map(({ rule }) => rule) };
}

describe('planFixes', () => {
  it('goes on until there is nothing to mend', async () => {
    expect(
      await plan({ one: 'two', two: 'three', three: 'four' }, { 'a.md': 'one', 'b.md': 'three' }),
    ).toEqual({
      texts: { 'a.md': 'four', 'b.md': 'four' },
      rounds: 3,
      fixed: 4,
      left: 0,
      after: [],
    });
  });

  it('a fix that meets another waits for the next round', async () => {
    const { texts, fixed } = await plan({ ab: 'x', bc: 'y' }, { 'a.md': 'abc bc' });
    expect([texts, fixed]).toEqual([{ 'a.md': 'xc y' }, 2]);
  });

  it('a file whose fixes undo each other stays as it was; the others are mended', async () => {
    expect(
      await plan({ ping: 'pong', pong: 'ping', one: 'two' }, { 'a.md': 'ping', 'b.md': 'one' }),
    ).toMatchObject({
      texts: { 'b.md': 'two' },
      fixed: 1,
      left: 1,
    });
  });

  it('a file whose fixes grow without end stays as it was', async () => {
    const { texts, rounds } = await plan({ a: 'aa' }, { 'a.md': 'a' });
    expect([texts, rounds]).toEqual([{}, 10]);
  });

  it('keeps the BOM', async () => {
    expect((await plan({ one: 'two' }, { 'a.md': '\ufeffone' })).texts).toEqual({ 'a.md': '\ufefftwo' });
  });

  it('what is no file of the tree is left', async () => {
    const found = judge({ one: 'two' }, new Map([['gone.md', 'one']]));
    const ground = { read: async () => undefined, judge: async () => [] };
    expect(await planFixes(found, ground)).toEqual({ files: [], fixed: 0, left: 0, after: found });
  });
});
