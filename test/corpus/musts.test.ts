import { beforeAll, describe, expect, it } from 'vitest';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import {
  loadSpec,
  mustsOf,
  resolveAnchor,
  type SpecIndex,
  type SpecSection,
} from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

let index: SpecIndex;
beforeAll(async () => {
  index = await loadSpec(worktreeSnapshot(corpusRoot), { root: corpusRoot });
});
const section = (number: string): SpecSection => resolveAnchor(index, number).section!;

// Counted by reading the sections: every sentence with a word of obligation that no identifier names.
describe('unnumbered obligations of the session chapters', () => {
  const cases: [number: string, lines: number[]][] = [
    ['4.3.9.12', [30_549, 30_550, 30_551, 30_552]],
    ['4.3.9.13', []],
    ['4.3.9.14', [30_643, 30_649, 30_654, 30_659, 30_661, 30_674]],
    ['4.3.9.15', [30_717, 30_748, 30_749, 30_750]],
    ['4.3.9.16', [30_791, 30_812, 30_833, 30_835, 30_835, 30_837]],
    ['4.3.9.17', [30_868, 30_871, 30_877, 30_893]],
    ['4.3.9.18', [30_914, 30_915, 30_916, 30_936, 30_940, 30_975, 30_977]],
    ['4.3.9.19', [31_008, 31_024]],
    ['4.3.9.20', []],
    // Informative; its rows are AP-001 to AP-008.
    ['4.3.9.21', []],
    ['11.9.1.X', [68_063, 68_070]],
  ];
  it.each(cases)('%s', (number, lines) => {
    expect(mustsOf(index, section(number)).map(({ line }) => line)).toEqual(lines);
  });

  it('11.5 has 46, by section', () => {
    const counts = new Map<string, number>();
    for (const { key } of mustsOf(index, section('11.5'))) {
      const number = key.slice(0, key.indexOf('#'));
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    expect([...counts]).toEqual([
      ['11.5', 8],
      ['11.5.1', 5],
      ['11.5.2', 7],
      ['11.5.3', 2],
      ['11.5.3.1', 2],
      ['11.5.4', 2],
      ['11.5.5', 4],
      ['11.5.8.1', 2],
      ['11.5.10', 4],
      ['11.5.11', 10],
    ]);
  });

  // Those that the research names one by one.
  it.each([
    ['announce-back: a summary artifact', 30_748, 30_748, 'MUST'],
    ['announce-back: a message in the mailbox', 30_749, 30_749, 'MUST'],
    ['checkpoint policy, with its list', 31_008, 31_012, 'MUST'],
    ['terminal states are sticky', 30_552, 30_552, 'MUST'],
    ['the correlation rule', 30_936, 30_936, 'MUST'],
    ['one ModelSessionSpan per session', 68_063, 68_063, 'MUST'],
    ['no parallel tool schema', 30_835, 30_835, 'MUST NOT'],
  ])('%s', (_name, line, endLine, modality) => {
    const found = mustsOf(index).filter((must) => must.line === line && must.modality === modality);
    expect(found.map((must) => must.endLine)).toEqual([endLine]);
  });

  it('every key is its own', () => {
    const keys = mustsOf(index).map(({ key }) => key);
    expect(keys).toHaveLength(1795);
    expect(new Set(keys).size).toBe(1795);
  });
});
