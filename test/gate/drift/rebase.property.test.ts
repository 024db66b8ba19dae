import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldLines } from '../../../tools/gate/drift/fold.ts';
import type { Files } from '../../artifacts/memory.ts';
import { demoFiles, NEW, OLD, REFINEMENT, refinementText, STUB, sha1Of } from './demo-spec.ts';
import { planOf } from './opened.ts';

/** A section with a text of its own, so that no two are taken for each other. */
interface Part {
  number: string;
  lines: string[];
}

const body = fc.array(
  fc.constantFrom('It MUST hold.', '', 'limit: 3 # default', '- a point', '```yaml', 'done'),
  {
    minLength: 1,
    maxLength: 8,
  },
);

const parts: fc.Arbitrary<Part[]> = fc.array(body, { minLength: 2, maxLength: 6 }).map((bodies) =>
  bodies.map((lines, index) => ({
    number: `1.${index + 1}`,
    lines: [
      `Clause ${index + 1} begins with words that only it has: ${'abcdefgh'[index]!.repeat(9)}.`,
      ...closed(lines),
      `Clause ${index + 1} ends.`,
    ],
  })),
);

/** A fence that is open at the end of a section would take the next one in. */
function closed(lines: readonly string[]): string[] {
  const fences = lines.filter((line) => line.startsWith('```')).length;
  const plain = lines.map((line, index) =>
    line.startsWith('```') &&
    lines.slice(0, index).filter((other) => other.startsWith('```')).length % 2 === 1
      ? '```'
      : line,
  );
  return fences % 2 === 1 ? [...plain, '```'] : plain;
}

function specOf(list: readonly Part[]): string {
  return `# 1. Law\n\n${list.map(({ number, lines }) => `## ${number} Clause ${number}\n\n${lines.join('\n')}\n`).join('\n')}`;
}

/** New sections before some of the old ones, and blank lines around: nothing that an anchor rests on changes. */
const bump = fc.record({
  before: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  blanks: fc.integer({ min: 0, max: 3 }),
});

function bumped(list: readonly Part[], { before, blanks }: { before: number[]; blanks: number }): string {
  const fresh = (at: number): Part => ({
    number: `1.${90 + at}`,
    lines: [`Fresh text number ${at}, said nowhere else.`],
  });
  const all = list.flatMap((part, index) => (before.includes(index) ? [fresh(index), part] : [part]));
  return `${'\n'.repeat(blanks)}${specOf(all)}${'\n'.repeat(blanks)}`;
}

const window = fc.record({ from: fc.nat(40), length: fc.integer({ min: 1, max: 12 }) });

function files(
  before: string,
  after: string,
  { from, length }: { from: number; length: number },
): Files | undefined {
  const lines = before.split('\n');
  const start = 1 + (from % lines.length);
  const end = Math.min(lines.length - 1, start + length - 1);
  const said = foldLines(lines.slice(start - 1, end), start);
  if (end < start || said.length === 0) return undefined;
  const anchors = [{ text: `${OLD} 1.1 Clause`, start, end, token: said[0]!.text }];
  const text = refinementText({ spec: before, sha1: sha1Of(before), anchors });
  return demoFiles({ [OLD]: before, [NEW]: after, [REFINEMENT]: text, [STUB]: '# nothing\n' });
}

/** The text of the window that a refinement has. */
function said(text: string, spec: string): string[] {
  const [start, end] = ['START', 'END'].map((name) =>
    Number(new RegExp(`${name}_LINE: (\\d+)`).exec(text)![1]),
  );
  return foldLines(spec.split('\n').slice(start! - 1, end), 1).map((line) => line.text);
}

it('whatever is rebased says in the new version what it said in the old one', async () => {
  await fc.assert(
    fc.asyncProperty(parts, bump, window, async (list, change, where) => {
      const [before, after] = [specOf(list), bumped(list, change)];
      const tree = files(before, after, where);
      fc.pre(tree !== undefined);
      const plan = await planOf(tree!, [REFINEMENT]);
      const write = plan.writes.find(({ path }) => path === REFINEMENT);
      if (write === undefined) {
        // Left, because something new stands in the midst of the window: or it would have been written.
        expect(plan.documents[0]!.left.map((each) => each.change)).toEqual(['CHANGED']);
        expect(
          foldLines(after.split('\n'), 1)
            .map((line) => line.text)
            .join('\n'),
        ).not.toContain(said(tree![REFINEMENT] as string, before).join('\n'));
        return;
      }
      expect(said(write.after, after)).toEqual(said(write.before, before));
      const again = await planOf({ ...tree, [REFINEMENT]: write.after }, [REFINEMENT]);
      expect([again.documents[0]!.state, again.writes]).toEqual(['CURRENT', []]);
    }),
    { numRuns: 60 },
  );
});
