import { BOTH, below, CONSUMER, type ContractChange, changeAt, PRODUCER, type Spot } from './change.ts';
import { matchParts } from './match.ts';

type Value = string | number;

/** Members of an enum: each that came, went or is spelled otherwise is a change of its own. */
export function compareMembers(spot: Spot, from: readonly Value[], to: readonly Value[]): ContractChange[] {
  const { renamed, removed, added } = matchParts(from, to, String, () => true);
  const changes: ContractChange[] = [];
  const tell = (
    member: Value,
    rule: string,
    breaking: typeof BOTH,
    before: Value | null,
    now: Value | null,
  ) =>
    changes.push(
      changeAt(
        { ...spot, path: below(spot.path, String(member)) },
        rule,
        breaking,
        before === null ? null : String(before),
        now === null ? null : String(now),
      ),
    );
  for (const [before, now] of renamed) tell(before, 'contract/enum-member-renamed', BOTH, before, now);
  for (const member of removed) tell(member, 'contract/enum-member-removed', PRODUCER, member, null);
  for (const member of added) tell(member, 'contract/enum-member-added', CONSUMER, null, member);
  return changes;
}
