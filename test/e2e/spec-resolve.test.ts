import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createOutput } from '../../tools/cli/output.ts';
import { type AnchorRow, printAnchors } from '../../tools/cli/reporters/anchors.ts';
import { anchorsSchema } from '../../tools/cli/schemas/anchors.ts';
import { resolveAnchor } from '../../tools/spec/index.ts';
import { fixtureIndex, lineOf, SPEC } from '../spec/spec-fixture.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const NAME = 'Acme_Master_Spec_v01.02.md';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
  writeTree(root, { [NAME]: SPEC });
});

const run = (...args: string[]) => gov(root, ['spec', 'resolve', ...args, '--spec', NAME]);
const report = (...args: string[]) => anchorsSchema.parse(JSON.parse(run(...args, '--json').out));

describe('gov spec resolve', () => {
  it('pads the status to the longest, and tells the authority of each section', () => {
    expect(run('1.2.2', '1.3.1', '7.5', '9.3').out).toBe(`UNIQUE                 1.2.2
                       ${NAME}:20  1.2.2 Spawn  authority YES
HIDDEN_BY_BROKEN_FENCE 1.3.1
                       ${NAME}:25  1.3.1 Behind a stray fence  authority YES
                       the broken fence of line 24 hides it from a strict reader
NOT_MAIN_BODY          7.5
                       ${NAME}:30  7.5 Templates  authority NO
                       the Coverage Matrix says NO for 7.5
APPENDIX               9.3
                       ${NAME}:60  9.3 Bundles  authority unknown
                       it stands in an appendix

4 anchors in v01.02 · 1 APPENDIX · 1 NOT_MAIN_BODY · 1 HIDDEN_BY_BROKEN_FENCE · 1 UNIQUE
`);
  });

  it('says how much a wildcard covers, also where nothing is wrong with it', () => {
    expect(run('1.2.2.*').out).toBe(`UNIQUE 1.2.2.*  WILDCARD
       ${NAME}:20  1.2.2 Spawn  authority YES
       it covers 3 sections
`);
    expect(run('1.2.2.1.*').out).toContain('it covers 1 section\n');
  });

  it('--quiet prints what is wrong alone', () => {
    expect(run('1.2.2', '1.2.2.1', '--quiet')).toEqual({ code: 0, out: '', err: '' });
    const { code, out } = run('1.2.2', '7.5', '--quiet');
    expect(code).toBe(1);
    expect(out.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual(['NOT_MAIN_BODY 7.5']);
  });

  it('a title without its number stays NO_NUMBER, and is found', () => {
    const { code, out } = run('session model');
    expect({ code, out }).toEqual({
      code: 1,
      out: `NO_NUMBER session model
          the anchor names no section number
          ${NAME}:12  1.2.1 Session model
`,
    });
    const [found] = report('session model').results;
    expect(found?.candidates.map(({ number }) => number)).toEqual(['1.2.1']);
  });

  it('the very title comes first', () => {
    const [found] = report('Sessions').results;
    expect(found?.candidates.map(({ title }) => title)[0]).toBe('Sessions');
    expect(found?.candidates.length).toBeGreaterThan(1);
  });

  it('an id in small letters is told which one it is', () => {
    writeTree(root, { [NAME]: `${SPEC}\n- **INV-SPAWN-001:** A child is spawned once.\n` });
    const [found] = report('inv-spawn-001').results;
    expect(found).toMatchObject({
      status: 'NO_NUMBER',
      reasons: ['the anchor names no section number', 'nearest: INV-SPAWN-001'],
      candidates: [],
    });
    expect(report('inv-spawn-002').results[0]?.reasons).toEqual(['the anchor names no section number']);
  });

  it('an addendum paragraph has lines and a fingerprint of its own', () => {
    const [found] = report('Addendum: 2.4 ViewMode').results;
    expect(found).toMatchObject({
      status: 'ADDENDUM_PARAGRAPH',
      section: { number: '1.2.X', line: lineOf('### 1.2.X'), endLine: 19 },
      paragraph: { number: '2.4', title: 'ViewMode (SFW)', line: lineOf('**Addendum: 2.4'), endLine: 18 },
    });
    expect(found?.paragraph?.fingerprint).not.toBe(found?.section?.fingerprint);
  });

  it('--json of the own tree is what its schema says', () => {
    const { out } = gov(project, ['spec', 'resolve', '--stubs', '--json']);
    expect(anchorsSchema.parse(JSON.parse(out)).counts).toEqual({ UNIQUE: 10 });
  });
});

describe('the text in a narrow terminal', () => {
  const index = fixtureIndex();
  const printed = (columns: number, rows: readonly AnchorRow[]): string[] => {
    let text = '';
    const stdout = {
      columns,
      write: (chunk: string) => {
        text += chunk;
      },
    };
    printAnchors(
      createOutput({ stdout, stderr: { write: () => {} }, env: {} }, { color: false }),
      index,
      rows,
      false,
    );
    return text.trimEnd().split('\n');
  };
  const texts = [
    '1.3.1 Behind a stray fence',
    'Acme_Master_Spec_v01.01.md 7.5 Templates of codices and of more',
  ];
  const source = { file: `stubs/WP-1-${'Session-'.repeat(6)}v1.md`, line: 24 };
  const rowOf = (text: string): AnchorRow => ({ text, source, result: resolveAnchor(index, text) });

  it.each([
    [60, 2],
    [80, 2],
    [80, 30],
    [100, 30],
  ])('%i columns, %i anchors', (columns, n) => {
    const rows = Array.from({ length: n }, (_, at) => rowOf(texts[at % 2]!));
    for (const line of printed(columns, rows)) expect(line.length, line).toBeLessThanOrEqual(columns);
  });

  it('many: one line each, the number before the name of the spec, and no authority where it is YES', () => {
    const rows = Array.from({ length: 30 }, (_, at) => rowOf(texts[at % 2]!));
    expect(printed(80, rows).slice(0, 2)).toEqual([
      'HIDDEN_BY_BROKEN_FENCE WP-1-Session-Session-Sessio…:24  1.3.1 Behind a stray fe…',
      'NOT_MAIN_BODY          WP-1-Session-…:24  7.5 Templates of codice…  authority NO',
    ]);
  });
});
