import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type LogProof, openReadOnly, type ProveLog } from '../../../tools/engine/index.ts';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { type ArchivedRecord, chainHash, parseRecord, writeArchive } from '../../../tools/recorder/index.ts';
import { archived, databaseOf, folderOf, held, mixedLog } from './logs.ts';

async function proofOf(path: string, how: ProveLog = {}): Promise<LogProof> {
  await using log = await openReadOnly(path);
  return log.verify(how);
}

const size = { events: 4, text: 1e6 };

/** A log of which two archives and three purged events have left; three sessions live on. */
async function split(): Promise<{ path: string; files: string[] }> {
  const path = await databaseOf(mixedLog(6));
  await archived(path, {}, { size });
  const files = folderOf(path).map((name) => join(`${path}.archive`, name));
  expect(files.length).toBeGreaterThan(1);
  return { path, files };
}

const told = ({ faults }: LogProof): string[] =>
  faults.map(({ rule, seq, last_seq, message }) => `${rule} ${seq}-${last_seq} ${message}`);
const why = ({ gaps }: LogProof, archive?: string): (string | null)[] =>
  gaps
    .filter((gap) => archive === undefined || (gap.archive !== null && archive.endsWith(gap.archive)))
    .map(({ unproven }) => unproven);

function changed(file: string, change: (lines: string[]) => string[]): void {
  const lines = gunzipSync(readFileSync(file)).toString().split('\n').slice(0, -1);
  writeFileSync(file, gzipSync(`${change(lines).join('\n')}\n`));
}

describe('F13, D-45: the chain of a log goes through its archives', () => {
  it('proves each archived gap, and says of what was purged that nothing does', async () => {
    const { path } = await split();
    const proof = await proofOf(path);
    expect([proof.faults_total, proof.faults]).toEqual([0, []]);
    const reasons = new Set(proof.gaps.map((gap) => `${gap.why}: ${gap.unproven}`));
    expect(reasons).toEqual(new Set(['archived: null', 'purged: let go by retention']));
    expect(proof.unproven).toBe(proof.gaps.filter((gap) => gap.why === 'purged').length);
  });

  it('an archive that is not there is no fault, and is told at each of its gaps', async () => {
    const { path, files } = await split();
    const before = await proofOf(path);
    rmSync(files[0]!);
    const proof = await proofOf(path);
    expect(proof.faults_total).toBe(0);
    const [name] = folderOf(path);
    expect(new Set(why(proof, files[0]!))).toEqual(
      new Set([`${files[0]!.split(/[\\/]/).at(-1)} is not there`]),
    );
    expect(new Set(why(proof, name!))).toEqual(new Set([null]));
    expect(proof.unproven).toBe(before.unproven + why(proof, files[0]!).length);
  });

  it('where no record at all is proven, that is a fault', async () => {
    const path = await databaseOf(mixedLog(1));
    const { files } = await archived(path);
    expect(told(await proofOf(path))).toEqual([]);
    for (const { file } of files) rmSync(file);
    expect(told(await proofOf(path))).toEqual([
      'log/emptied 1-4 Unexpected log of gaps alone, none of which an archive proves, expected one record at least',
    ]);
  });

  it.each<[string, (lines: string[]) => string[], RegExp]>([
    [
      'edited',
      (lines) => lines.map((line) => line.replace('"Coder"', '"Coxer"')),
      /^log\/archive 1-1 Unexpected content of record 1, expected what its hash says \(.*\.gz:2\)$/,
    ],
    [
      'removed',
      (lines) => lines.toSpliced(1, 1),
      /^log\/archive 1-1 Unexpected record 3, expected 1 \(.*\.gz:2\)$/,
    ],
    [
      'exchanged with the next',
      (lines) => lines.toSpliced(1, 2, lines[2]!, lines[1]!),
      /^log\/archive 1-1 Unexpected record 3, expected 1 \(.*\.gz:2\)$/,
    ],
    [
      'cut off at the end',
      (lines) => lines.slice(0, -1),
      /^log\/archive 1-1 Unexpected end, expected the trailer \(.*\.gz:\d+\)$/,
    ],
  ])('a line of an archive that was %s is told at its gap', async (_, change, message) => {
    const { path, files } = await split();
    changed(files[0]!, change);
    const proof = await proofOf(path);
    expect(told(proof)).toEqual([expect.stringMatching(message)]);
    expect(proof.faults_total).toBe(1);
  });

  it('what stands before a damage is proven, and nothing after it', async () => {
    const { path, files } = await split();
    changed(files[0]!, (lines) => lines.slice(0, 3));
    const proof = await proofOf(path);
    expect(told(proof)).toEqual([expect.stringMatching(/Unexpected end, expected record \d+ \(.*:4\)$/)]);
    const reasons = why(proof, files[0]!);
    expect(reasons[0]).toBeNull();
    expect(reasons.at(-1)).toBe('its archive is not what was written');
  });

  it('two archives exchanged, each whole in itself, are both told', async () => {
    const { path, files } = await split();
    const [a, b] = files as [string, string];
    renameSync(a, `${a}.old`);
    copyFileSync(b, a);
    renameSync(`${a}.old`, b);
    const proof = await proofOf(path);
    expect(told(proof)).toEqual([
      expect.stringMatching(
        /^log\/archive .* Unexpected sha256 \w{64}, expected \w{64} as the database has it/,
      ),
      expect.stringMatching(
        /^log\/archive .* Unexpected sha256 \w{64}, expected \w{64} as the database has it/,
      ),
    ]);
    expect([...why(proof, a), ...why(proof, b)]).not.toContain(null);
  });

  it('an archive written anew, with its sha256 in the database, is told by the gap', async () => {
    const { path, files } = await split();
    const lines = gunzipSync(readFileSync(files[0]!)).toString().split('\n').slice(0, -1);
    const records = lines.flatMap((line) => parseRecord(line) ?? []) as ArchivedRecord[];
    const forged = (changes: ArchivedRecord[]) =>
      writeArchive(changes, { number: 1, continues: null, head: { seq: 1, hash: '0'.repeat(64) } });
    const body = records[0]!.body.replace('"Coder"', '"Coxer"');
    const edited = { ...records[0]!, body, hash: chainHash(records[0]!.previous, 1, body) };
    const [archive] = (await held(path)).archives;
    const put = async ({ bytes, sha256 }: ReturnType<typeof forged>) => {
      writeFileSync(files[0]!, bytes);
      const file = await openDatabase(path, {});
      file.prepare('UPDATE event_archives SET sha256 = ? WHERE file = ?').run(sha256, archive!.file);
      file.close();
      return told(await proofOf(path));
    };
    expect(await put(forged([edited, ...records.slice(1)]))).toEqual([
      expect.stringMatching(
        /^log\/archive 1-1 Unexpected hash of record 1, expected the one from which the log goes on \(/,
      ),
    ]);
    expect((await put(forged(records.slice(1))))[0]).toMatch(
      /^log\/archive 1-1 Unexpected absence of its records, expected them \(/,
    );
    const [, second] = records as [ArchivedRecord, ArchivedRecord];
    const previous = 'f'.repeat(64);
    const stray = { ...second, previous, hash: chainHash(previous, second.seq, second.body) };
    const found = await put(forged([records[0]!, stray, ...records.slice(2).filter(({ seq }) => seq > 4)]));
    expect(found[0]).toMatch(
      /^log\/archive \d-\d Unexpected record \d, expected one that follows from the log before it \(/,
    );
  });

  it('a head that was noted in the middle of what is archived now is found there', async () => {
    const path = await databaseOf(mixedLog(6).filter(({ fr_event_id }) => fr_event_id !== 'FR-EVT-006'));
    const before = await held(path);
    await archived(path);
    const gap = (await proofOf(path)).gaps.find(({ first_seq, last_seq }) => last_seq > first_seq)!;
    const seq = gap.first_seq;
    const { hash } = before.events[seq - 1]!;
    expect((await proofOf(path, { noted: { seq, hash } })).faults).toEqual([]);
    expect(told(await proofOf(path, { noted: { seq, hash: '0'.repeat(64) } }))).toEqual([
      expect.stringMatching(
        `^log/not-continued ${seq}-${seq} Unexpected hash ${hash.slice(0, 12)}… at ${seq}`,
      ),
    ]);
    rmSync(join(`${path}.archive`, gap.archive!));
    expect(told(await proofOf(path, { noted: { seq, hash } }))).toEqual([
      expect.stringMatching(`^log/not-continued ${seq}-${seq} Unexpected absence of record ${seq}`),
    ]);
  });
});
