import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BOARD_STATES,
  changedAuditRow,
  changedEntry,
  changedField,
  changedRow,
  type EntryDraft,
  type FieldDocument,
  type GovTree,
  type Printable,
  printDocument,
  readPacket,
  readRefinement,
  readRegistry,
  readSignatureAudit,
  readStub,
  readTaskBoard,
  readTree,
  tickedItem,
  withField,
} from '../../tools/artifacts/index.ts';
import type { Field } from '../../tools/markdown/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { corpusRoot } from '../support/corpus.ts';
import { changedLines, fieldsIn, printed } from '../support/printed.ts';

const snapshot = worktreeSnapshot(corpusRoot);
let tree: GovTree;
beforeAll(async () => {
  tree = await readTree(snapshot);
});

const documents = (): FieldDocument[] => [...tree.stubs, ...tree.packets, ...tree.refinements];
const records = (): Printable[] => [tree.board!, tree.registry!, tree.audit!];

/** Words that every place of a document can hold. */
const word = fc.stringMatching(/^[A-Za-z0-9§é][A-Za-z0-9 §é.:/_-]{0,20}[A-Za-z0-9]$/);
const CELLS = new Set(
  'baseWpId activePacket taskBoard notes signature usedBy at purpose specVersion'.split(' '),
);
const READERS = { stub: readStub, packet: readPacket, refinement: readRefinement };

describe('printing the corpus', () => {
  it('278 documents, unchanged, give back their bytes', async () => {
    const models = [...documents(), ...records()];
    expect(models).toHaveLength(278);
    for (const model of models) {
      const bytes = await snapshot.read(model.file.path);
      expect(Buffer.from(printDocument(model)).equals(bytes), model.file.path).toBe(true);
    }
  });

  it('any field of every document can be changed: only its line is another, and it reads back', () => {
    const same = (each: Field) => [each.key, each.raw, each.value, each.note];
    for (const document of documents()) {
      const fields = fieldsIn(document);
      fc.assert(
        fc.property(fc.constantFrom(...fields), word, (field, value) => {
          const changed = withField(document, changedField(field, value));
          const after = printed(document.file, printDocument(changed));
          expect(fieldsIn(READERS[document.kind](after)).map(same)).toEqual(fieldsIn(changed).map(same));
          const { gone, come } = changedLines(document.file, after);
          expect([gone.length, come.length]).toEqual(field.value === value ? [0, 0] : [1, 1]);
        }),
        { numRuns: 2 },
      );
    }
  });

  it('any box of every checklist can be ticked; numbered steps have none', () => {
    for (const stub of tree.stubs) {
      const { items } = stub.checklist!;
      const boxes = items.filter(({ box }) => box !== undefined);
      expect(boxes).toHaveLength(stub.family === 'M' ? items.length : 0);
      fc.assert(
        fc.property(
          fc.array(fc.boolean(), { minLength: boxes.length, maxLength: boxes.length }),
          (states) => {
            const ticked = items.map((item, at) =>
              item.box === undefined ? item : tickedItem(item, states[at]!),
            );
            const text = printDocument({ ...stub, checklist: { ...stub.checklist!, items: ticked } });
            const after = readStub(printed(stub.file, text));
            expect(after.checklist!.items.map(({ checked, text: own }) => [checked, own])).toEqual(
              ticked.map(({ checked, text: own }) => [checked, own]),
            );
            const { come } = changedLines(stub.file, after.file);
            expect(come).toHaveLength(ticked.filter(({ checked }) => checked).length);
          },
        ),
        { numRuns: 2 },
      );
    }
  });

  it('board: entries changed, moved, added, taken out and in another order read back as they were given', () => {
    const board = tree.board!;
    const change = fc.record({
      section: fc.constantFrom(...board.sections.map(({ title }) => title)),
      token: fc.option(fc.constantFrom(...BOARD_STATES), { nil: undefined }),
      detail: fc.oneof(
        fc.constant(''),
        word.map((text) => `blocked_by: ${text}`),
      ),
    });
    const indices = board.entries.map((_, at) => at);
    const fresh = fc.record({ wpId: fc.constantFrom('WP-1-New-v1', 'WP-1-Newer-v2') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(board.entries.length - 1), change), { maxLength: 5 }),
        fc.subarray(indices, { minLength: indices.length - 5 }),
        fc.array(fc.tuple(fresh, change, fc.nat(board.entries.length)), { maxLength: 3 }),
        (changes, left, added) => {
          const by = new Map(changes);
          const entries = left.map((at): EntryDraft => changedEntry(board.entries[at]!, by.get(at) ?? {}));
          for (const [own, values, at] of added) entries.splice(at, 0, { ...own, ...values });
          const after = readTaskBoard(printed(board.file, printDocument({ ...board, entries })));
          const values = ({ wpId, token, section, detail = '' }: EntryDraft) => [
            wpId,
            token,
            section,
            detail,
          ];
          for (const { title } of board.sections) {
            const of = (list: readonly EntryDraft[]) =>
              list.filter(({ section }) => section === title).map(values);
            expect(of(after.entries)).toEqual(of(entries));
          }
          const { come, gone } = changedLines(board.file, after.file);
          expect(gone.length).toBeLessThanOrEqual(by.size + board.entries.length - left.length);
          // A section that was empty gets a blank line too.
          expect(come.filter((line) => line !== '\n').length).toBeLessThanOrEqual(by.size + added.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('registry and audit: rows changed, added, taken out and in another order read back as they were given', () => {
    const { registry, audit } = tree;
    const cell = fc.oneof(word, fc.constantFrom('', 'a | b', '`a`|c', 'x \\ y'));
    const rows = <T>(
      all: readonly T[],
      one: fc.Arbitrary<Partial<T>>,
      changed: (row: T, by: Partial<T>) => T,
    ) =>
      fc
        .tuple(
          fc.shuffledSubarray([...all], { minLength: all.length - 4 }),
          fc.array(fc.tuple(fc.nat(all.length - 5), one), { maxLength: 6 }),
        )
        .map(([kept, changes]) => {
          for (const [at, by] of changes) kept[at] = changed(kept[at]!, by);
          return kept;
        });
    const values = (row: object) => Object.entries(row).filter(([key]) => CELLS.has(key));
    const agree = (wanted: readonly object[], read: readonly object[]) =>
      expect(read.map(values)).toEqual(wanted.map(values));
    fc.assert(
      fc.property(
        rows(
          registry!.rows.map((row) => changedRow(row, {})),
          fc.record({ taskBoard: cell, notes: cell }),
          changedRow,
        ),
        (wanted) => {
          const after = printed(registry!.file, printDocument({ ...registry!, rows: wanted }));
          agree(
            wanted,
            readRegistry(after).rows.map((row) => changedRow(row, {})),
          );
        },
      ),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(
        rows(
          audit!.rows.map((row) => changedAuditRow(row, {})),
          fc.record({ purpose: cell, notes: cell }),
          changedAuditRow,
        ),
        (wanted) => {
          const after = printed(audit!.file, printDocument({ ...audit!, rows: wanted }));
          agree(
            wanted,
            readSignatureAudit(after).rows.map((row) => changedAuditRow(row, {})),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
