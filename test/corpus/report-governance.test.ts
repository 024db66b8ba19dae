import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatherGovernance } from '../../tools/cli/report/governance.ts';
import { gatherSources } from '../../tools/cli/report/sources.ts';
import { placesOfGovernance, type Sources } from '../../tools/report/index.ts';
import { callOn } from '../support/call.ts';
import { corpusRoot } from '../support/corpus.ts';
import { gov } from '../support/gov.ts';

const call = callOn(corpusRoot);
const json = (...args: string[]) => JSON.parse(gov(corpusRoot, [...args, '--json']).out);

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

describe('the governance side of the real tree', () => {
  let governance: Awaited<ReturnType<typeof gatherGovernance>>;
  let sources: Sources;

  beforeAll(async () => {
    governance = await gatherGovernance(call);
    sources = await gatherSources(placesOfGovernance(governance.data), governance.opened);
  });

  it('has the findings of gov check, all of them, and its documents', () => {
    const report = json('check');
    const { rules, documents, baselined } = governance.data;
    const counted = rules.map(({ rule, severity, findings }) => [`${severity} ${rule}`, findings.length]);
    expect(Object.fromEntries(counted)).toEqual(
      countBy(
        report.findings as { rule: string; severity: string }[],
        ({ rule, severity }) => `${severity} ${rule}`,
      ),
    );
    expect(rules.filter(({ summary }) => summary === '')).toEqual([]);
    expect(documents).toEqual(report.stats.artifacts);
    expect(baselined).toBe(0);
  });

  it('has the packets of gov wp status as they are, and two more that have neither stub nor packet', () => {
    const { wps } = json('wp', 'status');
    const { packets } = governance.data;
    const ids = new Set(wps.map(({ wp_id }: { wp_id: string }) => wp_id));
    const known = packets.filter(({ wp_id }) => ids.has(wp_id));
    expect(known).toHaveLength(187);
    const judged = known.map(({ wp_id, stage, ready, items, blockers, waived, refusal, notes, next }) => ({
      schema: 'govkit.wp@1',
      wp_id,
      stage,
      ready,
      items: items.map(({ word: _, evidence, next: step, ...item }) => ({
        ...item,
        evidence: evidence.map(({ file, line, ...rest }) => ({
          ...rest,
          ...(file !== null && { file }),
          ...(line !== null && { line }),
        })),
        ...(step !== null && { next: step }),
      })),
      blockers,
      waived,
      ...(refusal !== null && { refusal }),
      notes,
      next,
    }));
    expect(judged).toEqual(wps);
    expect(packets.flatMap(({ wp_id }) => (ids.has(wp_id) ? [] : wp_id))).toEqual([
      'WP-1-Product-Governance-Snapshot-v2',
      'WP-1-Spec-Enrichment-MT-ContextPack-Defaults-v1',
    ]);
    expect(countBy(packets, ({ work }) => work ?? 'none')).toEqual({
      none: 52,
      superseded: 64,
      unlisted: 17,
      done: 56,
    });
    expect(packets.filter(({ title }) => title === '')).toHaveLength(4);
  });

  it('has the anchors of gov spec resolve --stubs', () => {
    const { results } = json('spec', 'resolve', '--stubs');
    const { anchors } = governance.data;
    expect(
      anchors.map(({ query, file, line, status, flags, reasons }) => ({
        query,
        source: { file, line },
        status,
        flags,
        reasons,
      })),
    ).toEqual(
      results.map(({ query, source, status, flags, reasons }: Record<string, unknown>) => ({
        query,
        source,
        status,
        flags,
        reasons,
      })),
    );
  });

  it('has what gov spec rebase would leave, and the anchors of open packets', () => {
    const { documents } = json('spec', 'rebase', '--to', 'v02.137', '--dry-run');
    const left = documents.flatMap(({ file, left: own }: { file: string; left: { line: number }[] }) =>
      own.map(({ line }) => `${file}:${line}`),
    );
    const { drift } = governance.data;
    const rows = drift.filter(({ file }) => !/^\.GOV\/task_packets\/[^/]+$/.test(file));
    expect(rows.map(({ file, line }) => `${file}:${line}`)).toEqual(left);
    expect([rows.length, drift.length]).toEqual([91, 104]);
    expect(countBy(drift, ({ fate }) => fate)).toEqual({ UNPROVABLE: 104 });
  });

  it('shows every line that it names, as the file has it', () => {
    const { spec, opened } = governance;
    expect(spec).toMatchObject({ file: 'Handshake_Master_Spec_v02.137.md', version: 'v02.137' });
    const lines = new Map(
      [...opened.tree.files, ...opened.spec!.files].map((file) => [file.path, file.lines]),
    );
    const missing = placesOfGovernance(governance.data).filter(({ file, line }) => {
      const shown = sources[file]?.pieces.some(({ from, text }) => from <= line && line < from + text.length);
      return !shown && line <= (lines.get(file)?.length ?? 0);
    });
    expect(missing).toEqual([]);
    const { pieces } = sources[spec!.file]!;
    const written = readFileSync(join(corpusRoot, spec!.file), 'utf8').split(/\r?\n/);
    const cut = (line: string) => (line.length > 400 ? `${line.slice(0, 399)}…` : line);
    for (const { from, text } of pieces)
      expect(text).toEqual(written.slice(from - 1, from - 1 + text.length).map(cut));
    expect(Object.values(sources).filter(({ scarce }) => scarce)).toEqual([]);
  });

  it('is the same every time, and names nothing outside of the tree', async () => {
    const again = await gatherGovernance(call);
    expect(JSON.stringify(again.data)).toBe(JSON.stringify(governance.data));
    const text = JSON.stringify([governance.data, sources]);
    expect(text.includes(corpusRoot)).toBe(false);
    expect(Object.keys(sources).filter((file) => file.startsWith('/') || file.includes('..'))).toEqual([]);
  });
});
