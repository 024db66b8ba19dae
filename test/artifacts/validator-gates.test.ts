import { describe, expect, it } from 'vitest';
import { printValidatorGates, readValidatorGates, type ValidatorGates } from '../../tools/artifacts/index.ts';
import { fileOf, textAt } from './memory.ts';

const W = 'WP-1-Demo-v1';
const at = (minute: number): string => `2026-02-24T02:0${minute}:00.000Z`;
const session = (verdict: string, ...gates: string[]) => ({
  wpId: W,
  verdict,
  status: gates.at(-1),
  started: at(0),
  gates: gates.map((gate, index) => ({ gate, timestamp: at(index) })),
});
const read = (content: unknown, name = W): ValidatorGates =>
  readValidatorGates(
    fileOf(
      `.GOV/validator_gates/${name}.json`,
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    ),
  );
const orderOf = (verdict: string, ...gates: string[]) =>
  read({ validation_sessions: { [W]: session(verdict, ...gates) } }).sessions[0]?.order;

const [R, U, A, C] = ['REPORT_PRESENTED', 'USER_ACKNOWLEDGED', 'WP_APPENDED', 'COMMITTED'] as const;

describe('the order of the gates', () => {
  it.each([
    ['report_first', 'PASS', [R, U, A, C]],
    ['report_first', 'PASS', [R]],
    ['append_first', 'PASS', [A, C, R, U]],
    ['append_first', 'FAIL', [A, R, U]],
    ['report_first', 'FAIL', [R, U, A]],
    // Its commit is what is wrong with it, and not its order.
    ['report_first', 'FAIL', [R, U, A, C]],
    ['both', 'PASS', []],
    [undefined, 'PASS', [A, R, U]],
    [undefined, 'PASS', [U]],
    [undefined, 'PASS', [R, U, A, C, R]],
    [undefined, 'PASS', [R, R]],
  ] as const)('%s: %s %j', (order, verdict, gates) => {
    expect(orderOf(verdict, ...gates)).toBe(order);
  });
});

describe('readValidatorGates', () => {
  const content = {
    validation_sessions: {
      [W]: {
        ...session('PASS', A, C),
        gates: [{ gate: A, verdict: 'PASS', timestamp: at(1), by: 'x' }],
        extra: 1,
      },
    },
    archived_sessions: [{ ...session('FAIL', R), archived_at: at(5), archive_reason: 'manual_reset' }],
    note: 'kept',
  };
  const gates = read(content);

  it('reads sessions and archived ones, with places', () => {
    expect([gates.stem, gates.legacy, gates.findings]).toEqual([W, false, []]);
    const [live, old] = [gates.sessions[0], gates.archived[0]];
    expect([live?.key?.text, live?.wpId?.text, live?.archived]).toEqual([W, W, false]);
    expect([old?.key, old?.verdict?.text, old?.archived]).toEqual([undefined, 'FAIL', true]);
    expect(live && textAt(gates.file, live.key!.place)).toBe(`"${W}"`);
    const gate = live?.gates[0];
    expect(
      gate && [gate.gate, gate.verdict, gate.timestamp].map((each) => textAt(gates.file, each!.place)),
    ).toEqual([`"${A}"`, '"PASS"', `"${at(1)}"`]);
    expect(gate?.time).toBe(Date.parse(at(1)));
  });

  it('keeps keys that nobody knows, and prints them', () => {
    expect(gates.content).toEqual(content);
    expect(gates.sessions[0]?.entry.at('extra')?.value).toBe(1);
    expect(printValidatorGates(gates)).toBe(`${JSON.stringify(content, null, 2)}\n`);
    const next = { ...content, archived_sessions: [] };
    expect(printValidatorGates({ ...gates, content: next })).toBe(`${JSON.stringify(next, null, 2)}\n`);
  });

  it('knows the file of many work packets', () => {
    expect(read(content, 'VALIDATOR_GATES').legacy).toBe(true);
  });

  it.each([
    ['{', '1:2 Unexpected end of the file, expected "}"'],
    ['[]', '1:1 Unexpected content, expected {"validation_sessions": {...}, "archived_sessions": [...]}'],
    ['{}', '1:1 Unexpected content, expected {"validation_sessions": {...}, "archived_sessions": [...]}'],
    [
      '{"validation_sessions": []}',
      '1:25 Unexpected content, expected {"validation_sessions": {...}, "archived_sessions": [...]}',
    ],
    [
      '{"validation_sessions": {}, "archived_sessions": {}}',
      '1:50 Unexpected content, expected {"validation_sessions": {...}, "archived_sessions": [...]}',
    ],
    [
      '{"validation_sessions": {"WP-1-A-v1": 3}}',
      '1:39 Unexpected session, expected {wpId, verdict, status, gates: [{gate, timestamp}]}',
    ],
    [
      '{"validation_sessions": {"WP-1-A-v1": {"gates": [3]}}}',
      '1:50 Unexpected gate, expected {gate, timestamp}',
    ],
  ])('%s', (text, expected) => {
    expect(
      read(text).findings.map(({ place, message }) => `${place.line}:${place.column} ${message}`),
    ).toEqual([expected]);
  });
});
