import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../tools/artifacts/index.ts';
import { checkLedger } from '../../../tools/artifacts/ledger/chain.ts';
import { entryOf, following, SAID } from './entries.ts';

const stub = following([], 'stub', SAID.stub);
const one = following([stub], 'refine', SAID.refine, { actor: 'one' });
const other = following([stub], 'refine', SAID.refine, { actor: 'other' });
const settle = following([one, other], 'settle', { keep: one.hash });
const said = (entries: readonly LedgerEntry[]): string[] =>
  checkLedger(entries).map(({ rule, place, message }) => `${place.file} ${rule} ${message}`);

describe('heads that compete', () => {
  it('are findings until an entry names both', () => {
    expect(said([stub, one, other])).toEqual([
      `${other.path} ledger/sequence-repeated Unexpected second entry 2, expected one, or an entry that follows both: the first is ${one.path}`,
      `${other.path} ledger/heads-compete Unexpected second head, expected an entry that names both: the other is ${one.path}`,
    ]);
    expect(said([stub, one, other, settle])).toEqual([]);
  });

  it('are settled by what comes later, too', () => {
    const left = following([one], 'approve', SAID.approve, { actor: 'one' });
    const right = following([other], 'approve', SAID.approve, { actor: 'other' });
    expect(said([stub, one, other, left, right]).length).toBe(3);
    expect(
      said([stub, one, other, left, right, following([left, right], 'settle', { keep: left.hash })]),
    ).toEqual([]);
  });

  it('of two packets do not compete', () => {
    expect(said([stub, entryOf('stub', { wpId: 'WP-1-B-v1' })])).toEqual([]);
  });
});

it('a hundred entries side by side, and one that names them all', () => {
  const side = Array.from({ length: 100 }, (_, at) =>
    following([stub], 'attest', SAID.attest, { actor: `a${at}` }),
  );
  expect(said([stub, ...side]).length).toBe(198);
  expect(said([stub, ...side, following(side, 'settle', { keep: side[0]!.hash })])).toEqual([]);
});

it('an entry that was taken away leaves a finding at whoever follows it', () => {
  expect(said([stub, settle]).map((line) => line.split(' ')[1])).toEqual([
    'ledger/parent-missing',
    'ledger/parent-missing',
    'ledger/heads-compete',
  ]);
});
