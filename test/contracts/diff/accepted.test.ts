import { describe, expect, it } from 'vitest';
import {
  contractFindings,
  diffContracts,
  judgeChanges,
  readAcceptedBreaks,
} from '../../../tools/contracts/index.ts';
import { irOf } from './told.ts';

const FILE = '.GOV/spec/accepted-breaks.yaml';
const HEAD = 'schema: govkit.accepted-breaks@1\naccepted:\n';
const entry = (more: Record<string, string> = {}): string => {
  const whole = {
    rule: 'contract/field-removed',
    name: 'Job',
    path: 'lane',
    reason: 'unused',
    by: 'ilja',
    expires: '2026-12-31',
    ...more,
  };
  const lines = Object.entries(whole).filter(([, value]) => value !== '');
  return lines.map(([key, value], at) => `${at === 0 ? '  - ' : '    '}${key}: ${value}\n`).join('');
};

const from = irOf(['Job:', '  id: uuid', '  lane: string', '  path: int']);
const to = irOf(['Job:', '  id: uuid']);

function judged(text: string, today = '2026-06-01', version = 'v01'): string[] {
  const { entries, findings } = readAcceptedBreaks(FILE, text);
  expect(findings).toEqual([]);
  const judgement = judgeChanges(diffContracts(from, to), entries, { version, today });
  return contractFindings(judgement, ['producer', 'consumer']).map(
    ({ severity, place, message, related = [] }) =>
      `${severity} ${place.file}:${place.line} ${message}${related.map((each) => ` [${each.place.line} ${each.note}]`).join('')}`,
  );
}

const LANE =
  'Spec_v01.md:6 Unexpected removed field Job.lane (string → nothing), expected nothing that breaks producers and consumers';
const PATH =
  'error Spec_v01.md:7 Unexpected removed field Job.path (int → nothing), expected nothing that breaks producers and consumers';

describe('an entry accepts exactly the change that it names', () => {
  it.each([
    ['nothing accepted', 'schema: govkit.accepted-breaks@1\naccepted: []\n', [`error ${LANE}`, PATH]],
    ['one of two', HEAD + entry(), [`info ${LANE}; accepted until 2026-12-31: unused [3 unused]`, PATH]],
    [
      'from this version',
      HEAD + entry({ from: 'v01' }),
      [`info ${LANE}; accepted until 2026-12-31: unused [3 unused]`, PATH],
    ],
    [
      'on its last day',
      HEAD + entry({ expires: '2026-06-01' }),
      [`info ${LANE}; accepted until 2026-06-01: unused [3 unused]`, PATH],
    ],
    [
      'a day later: it counts again, and says so with the line of the entry',
      HEAD + entry({ expires: '2026-05-31' }),
      [`error ${LANE}; its acceptance (${FILE}:3) expired on 2026-05-31 [3 expired on 2026-05-31]`, PATH],
    ],
    [
      'another version, path, name or rule',
      HEAD +
        entry({ from: 'v00' }) +
        entry({ path: '' }) +
        entry({ name: 'Task' }) +
        entry({ rule: 'contract/field-renamed' }),
      [
        `error ${LANE}`,
        PATH,
        `info ${FILE}:3 Unexpected entry for contract/field-removed of Job.lane, expected a change of this comparison`,
        `info ${FILE}:10 Unexpected entry for contract/field-removed of Job, expected a change of this comparison`,
        `info ${FILE}:15 Unexpected entry for contract/field-removed of Task.lane, expected a change of this comparison`,
        `info ${FILE}:21 Unexpected entry for contract/field-renamed of Job.lane, expected a change of this comparison`,
      ],
    ],
  ])('%s', (_name, text, expected) => expect(judged(text)).toEqual(expected));

  it('who breaks is asked: what breaks only others is information, and a warning stays one', () => {
    const kept = (type: string): string[] => ['Job:', '  schema_version: "a@1"', `  lane: ${type}`];
    const changes = diffContracts(irOf(kept('int')), irOf(kept('number')));
    const judgement = judgeChanges(changes, [], { version: 'v01', today: '2026-06-01' });
    const weights = (whom: 'producer' | 'consumer'): string[] =>
      contractFindings(judgement, [whom]).map(({ rule, severity }) => `${severity} ${rule}`);
    expect(weights('producer')).toEqual([
      'warning contract/schema-version-kept',
      'info contract/field-widened',
    ]);
    expect(weights('consumer')).toEqual([
      'warning contract/schema-version-kept',
      'error contract/field-widened',
    ]);
  });
});

describe('what cannot be read: one finding each, with its line, and the other entries count', () => {
  const good = entry({ name: 'Other' });
  it.each([
    [
      'no YAML',
      'schema: [',
      [
        '1 Unexpected YAML (Flow sequence in block collection must be sufficiently indented and end with a ]), expected a map',
      ],
    ],
    ['nothing', '', ['1 Unexpected schema nothing, expected govkit.accepted-breaks@1']],
    [
      'another schema',
      'schema: x\naccepted: []\n',
      ['1 Unexpected schema "x", expected govkit.accepted-breaks@1'],
    ],
    [
      'no list',
      'schema: govkit.accepted-breaks@1\n',
      ['1 Unexpected accepted breaks without a list, expected one under "accepted"'],
    ],
    [
      'no map',
      `${HEAD}  - soon\n${good}`,
      ['3 Unexpected entry "soon", expected a map with rule, name, reason, by and expires'],
    ],
    [
      'no reason',
      HEAD + entry({ reason: '' }) + good,
      ['3 Unexpected accepted break without reason, expected why the break is wanted'],
    ],
    [
      'an empty reason',
      HEAD + entry({ reason: "''" }) + good,
      ['3 Unexpected reason "", expected why the break is wanted'],
    ],
    [
      'nobody',
      HEAD + entry({ by: '' }) + good,
      ['3 Unexpected accepted break without by, expected who accepted it'],
    ],
    [
      'no day',
      HEAD + entry({ expires: '2026-02-30' }) + good,
      ['3 Unexpected expires "2026-02-30", expected a day such as 2027-01-31'],
    ],
    [
      'no end',
      HEAD + entry({ expires: 'never' }) + good,
      ['3 Unexpected expires "never", expected a day such as 2027-01-31'],
    ],
    [
      'a misspelled rule',
      HEAD + entry({ rule: 'contract/field-remved' }) + good,
      ['3 Unexpected rule "contract/field-remved", expected one of: contract/field-removed'],
    ],
    [
      'no change at all',
      HEAD + entry({ rule: 'board/two-states' }) + good,
      [
        '3 Unexpected rule "board/two-states", expected a rule of contracts (gov explain contract lists them)',
      ],
    ],
    [
      'a key too many',
      HEAD + entry({ until: 'x' }) + good,
      ['3 Unexpected key "until" in an accepted break, expected rule, name, path, from, reason, by, expires'],
    ],
    [
      'a number',
      HEAD + entry({ path: '1' }) + good,
      ['3 Unexpected path 1, expected the field or member, or no path'],
    ],
    [
      'twice',
      HEAD + entry() + good + entry({ reason: 'again' }),
      ['15 Unexpected second entry for contract/field-removed of Job.lane, expected one (line 3)'],
    ],
    [
      'aliases without end',
      `${HEAD}  - &a [*a, *a]\n${good}`,
      ['3 Unexpected entry nothing, expected a map with rule, name, reason, by and expires'],
    ],
  ])('%s', (_name, text, expected) => {
    const { entries, findings } = readAcceptedBreaks(FILE, text);
    expect(findings.map(({ place, message }) => `${place.line} ${message}`)).toEqual(expected);
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual(
      findings.map(() => ['contract/accepted-invalid', 'error']),
    );
    expect(entries.some(({ name }) => name === 'Other')).toBe(text.includes('name: Other'));
  });
});
