import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readStub } from '../../../tools/artifacts/index.ts';
import { planStub, roadmapCover } from '../../../tools/gate/index.ts';
import { buildIndex, roadmapItems, specFileOf } from '../../../tools/spec/index.ts';
import { decode } from '../../../tools/text/index.ts';
import { treeOf } from '../../artifacts/memory.ts';

const template = readFileSync(join(import.meta.dirname, '..', '..', '..', 'templates', 'stub.md'), 'utf8');
const NAME = 'Acme_Spec_v01.02.md';
let tree: GovTree;
beforeAll(async () => {
  tree = await treeOf({});
});

/** Words that readers of stubs look for, among all others. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      ']',
      '<!--',
      '-->',
      '`',
      '```',
      '~~~',
      '<script>',
      '<?',
      '{{WP_ID}}',
      '$&',
      ' item 12 ',
      '7.6.4',
    ],
    ...['- [x] ', '## STUB_METADATA', 'STUB_STATUS: ACTIVATED', 'N/A', 'WP-1-Other-v1', '->', '§1.1', '\\'],
  ),
);
const line = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').replace(/[\p{Cc}\u2028\u2029]/gu, ' '));

describe('planStub', () => {
  it('of whatever an item says, the stub reads back with its ids, its pointer, its anchor and its checklist', () => {
    fc.assert(
      fc.property(line, line, fc.integer({ min: 1, max: 99 }), (title, text, number) => {
        const spec = buildIndex(NAME, [
          specFileOf(
            NAME,
            Buffer.from(
              `# 1. Law\n## 1.1 Limits\n# 7. Work\n## 7.6 Roadmap\n### 7.6.3 Phase 1 - Core\n${number}. **${title}:** ${text}\n\n98. **Other work**\n`,
            ),
          ),
        ]);
        const item = roadmapItems(spec).find((each) => each.number === number && each.title !== 'Other work');
        // A fence or a comment in the title takes the item away.
        fc.pre(item !== undefined);
        const wpId = 'WP-1-Demo-v1';
        const { unmet, writes } = planStub({
          ...{ tree, spec, wpId, template, item: number, title: item.title },
          ...{ anchors: ['1.1'], packetFolder: '.GOV/task_packets', now: '2026-02-24T00:00:00Z' },
        });
        expect(unmet).toEqual([]);
        const [[path, written] = ['', '']] = writes;
        expect(written).toMatch(/^[\n\x20-\x7e]+$/);
        const stub = readStub(decode(path, Buffer.from(written)));
        expect([stub.title?.text, stub.wpId?.raw, stub.statuses.length]).toEqual([wpId, wpId, 1]);
        expect(stub.roadmap?.sections.map((section) => section.number)).toEqual(['7.6.3']);
        expect(stub.roadmap?.items.map(({ from, to }) => [from, to])).toEqual([[number, number]]);
        expect(stub.candidates[0]?.text.startsWith(`${NAME} 1.1 Limits`)).toBe(true);
        expect(stub.checklist?.items.map(({ checked }) => checked)).toEqual(Array(7).fill(false));
        const cover = roadmapCover({ ...tree, stubs: [stub] }, spec).filter(({ stubs }) => stubs.length > 0);
        expect(cover.map((covered) => covered.item)).toContain(item);
      }),
      { numRuns: 500 },
    );
  });
});
