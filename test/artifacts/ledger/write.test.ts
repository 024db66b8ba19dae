import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerFile, readLedgerEntry } from '../../../tools/artifacts/index.ts';
import { canonicalJson, sha256 } from '../../../tools/text/index.ts';
import { fileOf } from '../memory.ts';
import { DIGEST, draftOf, KINDS, SAID } from './entries.ts';

describe('the file of an entry', () => {
  it('has number, kind and hash in its name, and canonical JSON in it', () => {
    const { path, text, hash } = ledgerFile('gov', draftOf('approve', { seq: 7 }));
    expect(text).toBe(
      `{"actor":"ilja","data":{"digest":"${DIGEST}","parts":{"SCOPE":"${DIGEST}"}},"kind":"approve","parents":[],"role":"Operator","time":"2026-02-24T04:00:00Z","wp_id":"WP-1-A-v1"}`,
    );
    expect(text).toBe(canonicalJson(JSON.parse(text)));
    expect([path, hash]).toEqual([
      `gov/ledger/WP-1-A-v1/0007-approve-${hash.slice(0, 16)}.json`,
      sha256(text),
    ]);
  });

  it('is the same whichever parent is named first, and whichever key', () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    const { coder, branch, worktree, base } = SAID.prepare;
    expect(ledgerFile('.GOV', draftOf('prepare', { parents: [b, a] }))).toEqual(
      ledgerFile('.GOV', draftOf('prepare', { parents: [a, b], data: { base, worktree, branch, coder } })),
    );
  });

  it('has no field for what is not said', () => {
    const { text } = ledgerFile('.GOV', draftOf('undo', { data: { undoes: DIGEST, reason: undefined } }));
    expect(text).not.toContain('reason');
  });

  it.each(KINDS)('%s reads back as it was written', (kind) => {
    const draft = draftOf(kind, { seq: 12_345, parents: ['b'.repeat(64), 'a'.repeat(64)] });
    const { path, text, hash } = ledgerFile('.GOV', draft);
    const { entry, findings } = readLedgerEntry(fileOf(path, text));
    expect(findings).toEqual([]);
    expect(entry).toMatchObject({ ...draft, parents: [...draft.parents].sort(), hash, path, complete: true });
  });

  it('reads back whatever a person writes as a reason', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => /\S/.test(each));
    fc.assert(
      fc.property(text, text, (actor, reason) => {
        fc.pre(actor.trim() !== '');
        const draft = draftOf('waive', { actor, data: { ...SAID.waive, reason } });
        const { path, text: written } = ledgerFile('.GOV', draft);
        expect(readLedgerEntry(fileOf(path, written)).entry).toMatchObject({
          actor,
          data: { reason },
          complete: true,
        });
      }),
    );
  });

  it('no byte of it can be changed', () => {
    const { path, text } = ledgerFile('.GOV', draftOf('sign'));
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === '0' ? '1' : '0';
      const { entry } = readLedgerEntry(fileOf(path, text.slice(0, at) + other + text.slice(at + 1)));
      expect([at, entry]).toEqual([at, undefined]);
    }
  });
});
