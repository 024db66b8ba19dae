import { describe, expect, it } from 'vitest';
import {
  CHAIN_RULES,
  CHAIN_START,
  type ChainAround,
  type ChainRecord,
  chainHash,
  readBody,
  verifyChain,
} from '../../tools/recorder/index.ts';

/** Records of a log as an archive has them: nothing stands beside their bodies. */
function chained(count: number, start = { seq: 0, hash: CHAIN_START }): ChainRecord[] {
  const records: ChainRecord[] = [];
  let before = start.hash;
  for (let seq = start.seq + 1; seq <= start.seq + count; seq += 1) {
    const body = JSON.stringify({
      event_id: `${seq}`,
      fr_event_id: 'FR-EVT-X',
      timestamp: '2026-02-24T09:00:00Z',
    });
    before = chainHash(before, seq, body);
    records.push({ seq, body, hash: before, says: readBody(body), beside: null });
  }
  return records;
}

async function* slowly(records: readonly ChainRecord[]): AsyncGenerator<ChainRecord> {
  yield* records;
}

async function faultsOf(
  records: readonly ChainRecord[],
  around: Partial<ChainAround> = {},
): Promise<string[]> {
  const { seq, hash } = chained(6).at(-1)!;
  const report = await verifyChain(slowly(records), {
    gaps: [],
    seals: [],
    archived: () => false,
    head: { seq, hash },
    ...around,
  });
  return report.faults.map((fault) => `${fault.rule}: ${fault.message}`);
}

describe('verifyChain', () => {
  const log = chained(6);

  it('a log is clean, from its beginning or from a record that is known', async () => {
    expect(await faultsOf(log)).toEqual([]);
    expect(await faultsOf(log.slice(3), { start: log[2]! })).toEqual([]);
    expect(await faultsOf(log.slice(3), { start: { seq: 3, hash: 'x' } })).toEqual([
      `log/edited: Unexpected body of record 4, expected the one that its hash ${log[3]!.hash.slice(0, 12)}… was made of`,
    ]);
  });

  it('F13: a record that comes twice, or out of order, is located', async () => {
    expect(await faultsOf([...log.slice(0, 3), log[2]!, ...log.slice(3)])).toEqual([
      'log/order: Unexpected record 3 after 3, expected record 4',
    ]);
    expect(await faultsOf([log[0]!, log[2]!, log[1]!, ...log.slice(3)])).toEqual([
      'log/missing: Unexpected absence of record 2, expected it or a gap that says why',
      'log/order: Unexpected record 2 after 3, expected record 4',
    ]);
  });

  it('two changed records side by side are both told', async () => {
    const changed = log.map((record) =>
      record.seq === 3 || record.seq === 4 ? { ...record, body: '{}' } : record,
    );
    expect((await faultsOf(changed)).map((line) => line.slice(0, 12))).toEqual([
      'log/edited: ',
      'log/unlinked',
    ]);
  });

  it('a body whose hash is right and that is no event is told, and the chain goes on', async () => {
    const body = 'not json';
    const second = {
      seq: 2,
      body,
      hash: chainHash(log[0]!.hash, 2, body),
      says: readBody(body),
      beside: null,
    };
    const rest = chained(1, second);
    expect(await faultsOf([log[0]!, second, ...rest], { head: rest[0]! })).toEqual([
      'log/unreadable: Unexpected body of record 2, expected an event in JSON: "not json"',
    ]);
  });

  it('a log without a head, or shorter than a gap says, is told', async () => {
    expect(await faultsOf(log, { head: null })).toEqual([
      `log/head: Unexpected absence of the head, expected 6:${log[5]!.hash.slice(0, 12)}… as the last record says`,
    ]);
    expect(await faultsOf([], { head: null })).toEqual([]);
  });

  it('what is told of a log in which everything is wrong is bounded', async () => {
    const wrong = Array.from({ length: 3_000 }, (_, at) => ({ ...log[0]!, seq: at + 1, hash: 'x' }));
    const report = await verifyChain(wrong, { gaps: [], seals: [], archived: () => false, head: null });
    expect([report.faults.length, report.faults_total]).toEqual([1_000, 3_001]);
  });

  it('every rule of the chain has a page that says more than its summary', () => {
    expect(CHAIN_RULES.map(({ id }) => id)).toEqual([...CHAIN_RULES.map(({ id }) => id)].sort());
    for (const { summary, docs } of CHAIN_RULES) expect(docs.length).toBeGreaterThan(summary.length);
  });
});
