import {
  GATE_ORDERS,
  type GateOrder,
  stepsOf,
  type ValidationSession,
  type ValidatorGate,
} from '../../artifacts/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const validatorGatesOrder = defineRule<'validatorGates', Args>({
  id: 'validator-gates/order',
  summary:
    'A validation goes through its gates in one of the two orders, reporting first or appending first, each once and later than the one before.',
  appliesTo: 'validatorGates',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ sessions, archived }) {
    for (const session of [...sessions, ...archived]) {
      yield* wrongGate(session);
      yield* wrongTimes(session.gates);
    }
  },
});

function* wrongGate({ gates, verdict, order }: ValidationSession): Generator<Report<Args>> {
  if (order !== undefined) return;
  const orders = Object.keys(GATE_ORDERS) as GateOrder[];
  const paths = orders.flatMap((each) => [stepsOf(each, verdict?.text), GATE_ORDERS[each]]);
  const followed = paths.map((steps) => {
    const at = gates.findIndex(({ gate }, index) => gate.text !== steps[index]);
    return { at, next: steps[at] ?? 'no more gates' };
  });
  const at = Math.max(...followed.map((each) => each.at));
  const expected = [...new Set(followed.filter((each) => each.at === at).map(({ next }) => next))];
  const { gate } = gates[at]!;
  const after = at === 0 ? 'as the first gate' : `after ${gates[at - 1]!.gate.text}`;
  const args = { found: `${gate.text} ${after}`, expected: expected.join(' or ') };
  yield { place: gate.place, args, found: gate.source };
}

function* wrongTimes(gates: readonly ValidatorGate[]): Generator<Report<Args>> {
  let previous: ValidatorGate | undefined;
  for (const each of gates) {
    const { gate, timestamp, time } = each;
    const report = (found: string, expected: string): Report<Args> => {
      const { place, source } = timestamp ?? gate;
      return { place, args: { found, expected }, found: source };
    };
    if (time === undefined || timestamp === undefined) {
      const found = timestamp ? `timestamp "${timestamp.text}"` : `${gate.text} without a timestamp`;
      yield report(found, 'an RFC 3339 time');
      continue;
    }
    if (previous?.time !== undefined && time < previous.time) {
      const expected = `none before the ${previous.timestamp!.text} of ${previous.gate.text}`;
      yield report(`time ${timestamp.text} of ${gate.text}`, expected);
    }
    previous = each;
  }
}
