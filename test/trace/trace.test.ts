import { describe, expect, it } from 'vitest';
import { acceptClauses } from '../../tools/trace/index.ts';
import { demoTree, LOCK, ROOT, resultsOf, SPEC, STUB, statesOf, TEST, traced } from './demo.ts';

const named = "describe('spawn', () => { it('INV-SPAWN-001: the fourth level is refused', () => {}); });\n";
const passed = resultsOf([[['spawn', 'INV-SPAWN-001: the fourth level is refused'], 'passed']]);
const require = ['INV-SPAWN-001'];

describe('how far a clause is proven', () => {
  it('is untraced, covered by a title, verified by a result that passed, failing by one that failed', async () => {
    const state = async (files: Record<string, string>, results = [passed].slice(1)) =>
      statesOf(await traced(files, { results }))['INV-SPAWN-001'];
    expect(await state({})).toBe('untraced');
    expect(await state({ [TEST]: named })).toBe('covered');
    expect(await state({ [TEST]: named }, [passed])).toBe('verified');
    const failed = resultsOf([[['spawn', 'INV-SPAWN-001: the fourth level is refused'], 'failed']]);
    expect(await state({ [TEST]: named }, [failed])).toBe('failing');
    expect(await state({ [TEST]: named }, [passed, failed])).toBe('failing');
    const skipped = resultsOf([[['spawn', 'INV-SPAWN-001: the fourth level is refused'], 'pending']]);
    expect(await state({ [TEST]: named }, [skipped])).toBe('covered');
  });

  it('a test that was renamed leaves a result that proves nothing', async () => {
    const trace = await traced(
      { [TEST]: named.replace('INV-SPAWN-001: the', 'the') },
      { results: [passed], require },
    );
    expect(trace.findings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'trace/untraced',
        'Unexpected untraced INV-SPAWN-001 (no test names it), expected a test that names it and passed',
      ],
    ]);
    const other = await traced({ [TEST]: named.replace('fourth', 'fifth') }, { results: [passed], require });
    expect(other.findings.map(({ rule }) => rule)).toEqual(['trace/not-run']);
  });

  it('a test that is switched off proves nothing, whatever an old result says', async () => {
    const switchedOff = [
      named.replace('it(', 'it.skip('),
      named.replace('it(', "it['skip']("),
      named.replace('it(', 'it.fails('),
      named.replace(', () => {});', ', { skip: true }, () => {});'),
      named.replace('describe(', 'describe.skip('),
      named.replace("'spawn', ", "'spawn', { todo: true }, "),
    ];
    for (const off of switchedOff) {
      expect(off).not.toBe(named);
      const { report } = await traced({ [TEST]: off }, { results: [passed] });
      expect(report.clauses[0]).toMatchObject({
        state: 'untraced',
        because: 'only tests that are switched off name it',
        tests: [{ result: 'skipped' }],
      });
    }
  });

  it('a text within a test and a comment in a test are no trace', async () => {
    const trace = await traced({ [TEST]: "// INV-SPAWN-001\nit('x', () => { say('INV-SPAWN-001'); });\n" });
    expect(trace.report.clauses[0]).toMatchObject({ state: 'untraced', code: [], tests: [] });
  });

  it('comments of the code name a clause, texts do not', async () => {
    const trace = await traced({
      'tools/a.ts': "/**\n * INV-SPAWN-001 and 002.\n */\nexport const a = 'INV-WS-001';\n",
      'src/b.py': 'x = 1  # INV-WS-001\n',
    });
    expect(trace.report.clauses.slice(0, 3).map(({ code }) => code)).toEqual([
      [{ file: 'tools/a.ts', line: 2 }],
      [{ file: 'tools/a.ts', line: 2 }],
      [{ file: 'src/b.py', line: 1 }],
    ]);
  });
});

describe('titles', () => {
  it.each([
    ['a range', "it('INV-SPAWN-001..002: both')"],
    ['a short list', "it('INV-SPAWN-001/002: both')"],
    ['a list', "it('INV-SPAWN-001, 002: both')"],
    ['a group around it', "describe('INV-SPAWN-001', () => { test.only('INV-SPAWN-002', () => {}); })"],
    ['a sum', "it('INV-SPAWN-001 ' + 'INV-SPAWN-002')"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code of a test, as text
    ['a template', 'it(`INV-SPAWN-001 ${kind} INV-SPAWN-002`)'],
    ['a table', "it.each([1])('INV-SPAWN-001 %s INV-SPAWN-002')"],
    ['a condition', "it.skipIf(old).concurrent('INV-SPAWN-001 INV-SPAWN-002')"],
  ])('%s names two clauses', async (_, source) => {
    expect(statesOf(await traced({ [TEST]: source }))).toMatchObject({
      'INV-SPAWN-001': 'covered',
      'INV-SPAWN-002': 'covered',
      'INV-WS-001': 'untraced',
    });
  });

  it('one that is put together at run time names what its result names, if the file still does', async () => {
    const source = "it.each([['INV-SPAWN-001'], ['INV-SPAWN-002']])('%s: holds', () => {});\n";
    const results = [
      resultsOf([
        [['INV-SPAWN-001: holds'], 'passed'],
        [['INV-SPAWN-002: holds'], 'failed'],
      ]),
    ];
    expect(statesOf(await traced({ [TEST]: source }, { results }))).toMatchObject({
      'INV-SPAWN-001': 'verified',
      'INV-SPAWN-002': 'failing',
    });
    const renamed = source.replace("'INV-SPAWN-001'", "'depth' /* INV-SPAWN-001 */");
    expect(statesOf(await traced({ [TEST]: renamed }, { results }))).toMatchObject({
      'INV-SPAWN-001': 'untraced',
      'INV-SPAWN-002': 'failing',
    });
  });

  it('a criterion is traced by its words or by its id', async () => {
    const source = `it('A child  announces back to who asked for it', () => {});
it('WP-1-Demo-v1/AC-2: on record', () => {});
`;
    expect(statesOf(await traced({ [TEST]: source }))).toMatchObject({
      'WP-1-Demo-v1/AC-1': 'covered',
      'WP-1-Demo-v1/AC-2': 'covered',
    });
    expect(statesOf(await traced({ [TEST]: source.replace('announces', 'reports') }))).toMatchObject({
      'WP-1-Demo-v1/AC-1': 'untraced',
    });
  });
});

describe('what looks like a trace and is none', () => {
  const CRITERIA = '- A child announces back to who asked for it.\n- Cascade cancel is recorded.\n';
  const criteria = (text: string) => demoTree[STUB]!.replace(CRITERIA, text);

  it('a number behind an id that counts something else', async () => {
    const { report } = await traced({ [TEST]: "it('INV-SPAWN-001, 500 children and 100 more: refused')" });
    expect(report.clauses[0]!.state).toBe('covered');
    expect(report.orphans).toEqual([]);
  });

  it('the test of a longer criterion that holds the words of a shorter one', async () => {
    const stub = criteria('- Cascade cancel is recorded\n- Cascade cancel is recorded and announced.\n');
    const source = "it('Cascade cancel is recorded and announced')";
    expect(statesOf(await traced({ [STUB]: stub, [TEST]: source }))).toMatchObject({
      'WP-1-Demo-v1/AC-1': 'untraced',
      'WP-1-Demo-v1/AC-2': 'covered',
    });
  });

  it('an old result of a title that is open, where only a longer id is left in the file', async () => {
    const source = "it.each([['INV-SPAWN-0010']])('%s: holds', () => {});\n";
    const results = [resultsOf([[['INV-SPAWN-001: holds'], 'passed']])];
    expect(statesOf(await traced({ [TEST]: source }, { results }))['INV-SPAWN-001']).toBe('untraced');
  });

  it('no pattern at all', async () => {
    await expect(traced({}, { require: [''] })).rejects.toThrow('Unexpected pattern that matches no clause');
  });
});

it('a criterion is traced by its words in a row of a table', async () => {
  const source = "it.each([['A child announces back to who asked for it.']])('%s', () => {});\n";
  const results = [resultsOf([[['A child announces back to who asked for it.'], 'passed']])];
  expect(statesOf(await traced({ [TEST]: source }, { results }))['WP-1-Demo-v1/AC-1']).toBe('verified');
});

it('a stub answers for what its anchors hold, and not for what it puts out of its scope', async () => {
  const { report } = await traced({});
  const link = { wp_id: 'WP-1-Demo-v1', file: STUB };
  expect(report.clauses.map(({ id, stubs }) => [id, stubs])).toEqual([
    ['INV-SPAWN-001', [{ ...link, line: 6 }]],
    ['INV-SPAWN-002', [{ ...link, line: 6 }]],
    ['INV-WS-001', []],
    ['WP-1-Demo-v1/AC-1', [{ ...link, line: 13 }]],
    ['WP-1-Demo-v1/AC-2', [{ ...link, line: 14 }]],
  ]);
});

it('an anchor that names an id beside its section answers for that one alone', async () => {
  const stub = demoTree[STUB]!.replace('Spawn (Normative)', 'Spawn (INV-SPAWN-002 only)');
  const { report } = await traced({ [STUB]: stub });
  expect(report.clauses.slice(0, 2).map(({ stubs }) => stubs.length)).toEqual([0, 1]);
});

describe('what was accepted', () => {
  it('a clause whose words changed is suspect until it is accepted again', async () => {
    const first = await traced({ [TEST]: named }, { results: [passed] });
    const accepted = acceptClauses(first.report, first.lock, ['INV-SPAWN-*']);
    expect([accepted.accepted, accepted.refused]).toEqual([['INV-SPAWN-001'], ['INV-SPAWN-002']]);
    const spec = demoTree[SPEC]!.replace('Depth is bounded', 'Depth is at most three');
    const files = { [TEST]: named, [LOCK]: accepted.text };
    expect(statesOf(await traced(files, { results: [passed] }))['INV-SPAWN-001']).toBe('verified');
    const changed = await traced({ ...files, [SPEC]: spec }, { results: [passed], require });
    expect(changed.findings.map(({ rule }) => rule)).toEqual(['trace/suspect']);
    const again = acceptClauses(changed.report, changed.lock, ['INV-SPAWN-001']);
    const settled = await traced(
      { ...files, [SPEC]: spec, [LOCK]: again.text },
      { results: [passed], require },
    );
    expect(settled.findings).toEqual([]);
  });

  it('what is accepted of a clause that is gone is an orphan, and is dropped', async () => {
    const lock = '{\n  "schema": "govkit.trace-lock@1",\n  "clauses": {\n    "INV-OLD-001": "x"\n  }\n}\n';
    const trace = await traced({ [LOCK]: lock });
    expect(trace.report.orphans).toEqual([{ id: 'INV-OLD-001', in: 'lock', file: LOCK, line: 4 }]);
    const { dropped, text } = acceptClauses(trace.report, trace.lock, ['INV-OLD-*']);
    expect([dropped, text]).toEqual([
      ['INV-OLD-001'],
      '{\n  "schema": "govkit.trace-lock@1",\n  "clauses": {}\n}\n',
    ]);
  });

  it.each([
    ['<<<<<<< ours\n', 'Unexpected conflict markers'],
    ['{}', 'Unexpected content'],
    ['{"schema":"govkit.trace-lock@1","clauses":{"INV-X-1":1}}', 'Unexpected value at clauses.INV-X-1'],
  ])('a lock of %j is refused', async (text, says) => {
    await expect(traced({ [LOCK]: text })).rejects.toThrow(`${LOCK}: ${says}`);
  });
});

describe('orphans', () => {
  const source = "it('INV-SPAWN-009: ninth', () => {});\nit('CX-101: of no family here', () => {});\n";

  it('an id of a family of the spec that nothing defines is told, with what may be meant', async () => {
    const { report, findings } = await traced({ [TEST]: source });
    expect(report.orphans).toEqual([
      { id: 'INV-SPAWN-009', in: 'test', file: TEST, line: 1, nearest: 'INV-SPAWN-001' },
    ]);
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('fails where it is required, and is none where it is an example', async () => {
    const failing = await traced(
      { [TEST]: `${source}${named}` },
      { results: [passed], require: ['INV-SPAWN-00[19]'] },
    );
    expect(failing.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['trace/orphaned', 'error'],
    ]);
    const { report } = await traced({ [TEST]: source }, { config: { examples: ['INV-SPAWN-009'] } });
    expect(report.orphans).toEqual([]);
  });
});

describe('what proves nothing is refused in one line', () => {
  it.each([
    ['', 'tests.json: Unexpected empty file, expected the JSON of vitest --reporter=json or of jest --json'],
    ['{', 'tests.json: Unexpected text that is no JSON'],
    ['[]', 'tests.json: Unexpected JSON without "testResults"'],
    ['{"testResults":[]}', 'tests.json: Unexpected 0 test results, expected some: run the tests first'],
    ['{"testResults":[{}]}', 'tests.json: Unexpected testResults[0], expected "name" and "assertionResults"'],
  ])('a result file of %j', async (text, says) => {
    await expect(traced({}, { results: [{ file: 'tests.json', text }] })).rejects.toThrow(says);
  });

  it('results of another tree alone, while some beside ours are left out with a note', async () => {
    const other = resultsOf([[['x'], 'passed']], '/elsewhere/test/x.test.ts');
    await expect(traced({}, { results: [other] })).rejects.toThrow('(1 of files outside of this tree)');
    const both = JSON.stringify({
      testResults: [passed, other].flatMap(({ text }) => JSON.parse(text).testResults),
    });
    const { report } = await traced({ [TEST]: named }, { results: [{ file: 'r.json', text: both }] });
    expect(report.results).toEqual([{ file: 'r.json', passed: 1, failed: 0, skipped: 0 }]);
    expect(report.notes).toEqual(['r.json: 1 results left out, of files outside of this tree']);
    expect(JSON.stringify(report)).not.toContain(ROOT);
  });

  it('a pattern that matches nothing, and one that demands what is out of scope', async () => {
    const out_of_scope = [{ ids: 'INV-WS-*', reason: 'for others' }];
    await expect(traced({}, { require: ['INV-NONE-*'] })).rejects.toThrow(
      'require INV-NONE-*: Unexpected pattern that matches no clause',
    );
    await expect(traced({}, { require: ['INV-*'], config: { out_of_scope } })).rejects.toThrow(
      'require INV-*: Unexpected INV-WS-001, which is out of scope (for others)',
    );
    const { report } = await traced({}, { config: { out_of_scope } });
    expect(report.clauses[2]).toMatchObject({ state: 'out_of_scope', because: 'for others' });
  });
});
