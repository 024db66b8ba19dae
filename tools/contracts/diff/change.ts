import { linePlace, type Place } from '../../findings/index.ts';
import type { Evidence } from '../ir.ts';

/**
 * Whom a change breaks. Between the two stands whoever validates by the new contract, and knows no other key than
 * it names.
 *
 * - producer: what an unchanged producer writes is no longer accepted.
 * - consumer: of what is accepted now, an unchanged consumer meets a value that it does not know, or misses one.
 *   It reads the keys and events it knows of and leaves others alone, so that an addition breaks nobody.
 */
export interface Breaking {
  producer: boolean;
  consumer: boolean;
}

export const NOBODY: Breaking = { producer: false, consumer: false };
export const PRODUCER: Breaking = { producer: true, consumer: false };
export const CONSUMER: Breaking = { producer: false, consumer: true };
export const BOTH: Breaking = { producer: true, consumer: true };

/** One difference between two contracts. */
export interface ContractChange {
  /** `contract/field-removed`. */
  rule: string;
  subject: 'type' | 'event' | 'envelope';
  /** The type, or the id of the event, as the old contract names it; of what is new, as the new one does. */
  name: string;
  /** Field, dotted, through nested objects; `[]` for the items of an array; then the member. Empty: the whole. */
  path: string;
  breaking: Breaking;
  /** As the author of a spec writes it; null where that side has nothing. */
  from: string | null;
  to: string | null;
  /** Where each side says it. */
  places: { from?: Place; to?: Place };
}

/** What is being compared: every change of it has the same subject and name. */
export interface Spot {
  subject: ContractChange['subject'];
  name: string;
  path: string;
  from?: Evidence | undefined;
  to?: Evidence | undefined;
  /** Names under which its inline enums say whose they are. */
  owners: ReadonlySet<string>;
}

export function changeAt(
  spot: Spot,
  rule: string,
  breaking: Breaking,
  from: string | null,
  to: string | null,
): ContractChange {
  const { subject, name, path } = spot;
  const places = {
    ...(spot.from && { from: linePlace(spot.from.file, spot.from.line) }),
    ...(spot.to && { to: linePlace(spot.to.file, spot.to.line) }),
  };
  return { rule, subject, name, path, breaking, from, to, places };
}

/** `payload` below `body` is `body.payload`; what stands in brackets follows without a dot. */
export function below(path: string, part: string): string {
  return path === '' || part.startsWith('[') || part.startsWith('{') ? `${path}${part}` : `${path}.${part}`;
}

/** Where a change stands: on the new side, or on the old one where it is gone. */
export function placeOf({ places }: ContractChange): Place | undefined {
  return places.to ?? places.from;
}

/** Does it break anybody of those who are asked about? */
export function breaks({ breaking }: ContractChange, whom: readonly (keyof Breaking)[]): boolean {
  return whom.some((who) => breaking[who]);
}
