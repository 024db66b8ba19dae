import { userInfo } from 'node:os';
import {
  ACTING_ROLES,
  type ActingRole,
  LEDGER_KINDS,
  type LedgerKind,
  rfc3339,
} from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { By } from '../../gate/index.ts';
import { askGit } from '../../snapshot/index.ts';
import type { Call } from '../command.ts';
import { value } from '../load.ts';

/**
 * Who records, in which role, now. A role is a claim; where none is claimed it is the first that may record this at
 * all. An agent's environment says its role, so that it is refused what is the Operator's.
 */
export async function whoRecords(call: Call, kind: LedgerKind): Promise<By> {
  const role = value(call, 'role') ?? process.env.GOVKIT_ROLE ?? LEDGER_KINDS[kind].roles[0];
  if (!isRole(role))
    throw new UsageError(
      `Unexpected role ${JSON.stringify(role)}, expected one of ${ACTING_ROLES.join(', ')}`,
    );
  const actor = await nameOfActor(call, 'actor');
  return { actor, role, time: new Date(instantNow()).toISOString().replace(/\.\d+Z$/, 'Z') };
}

/** The name that the option gives, else that of the environment, else that of git. */
export async function nameOfActor(
  call: Call,
  option: 'actor' | 'by' | 'from' | 'approved-by',
): Promise<string> {
  const actor = (value(call, option) ?? process.env.GOVKIT_ACTOR ?? (await gitName(call.root))).trim();
  if (actor === '' || actor.length > 100 || /[^\P{C}]/u.test(actor))
    throw new UsageError(
      `Unexpected actor ${JSON.stringify(actor.slice(0, 100))}, expected a name (--${option} NAME)`,
    );
  return actor;
}

/**
 * Milliseconds since 1970: what is recorded, and what a waiver or a signature is held against. GOVKIT_NOW (RFC 3339)
 * is for tests, which compare what two runs wrote. It lends nobody a power that the clock of a machine does not: a
 * time that was typed or set is a claim, and CI asks its own clock.
 */
export function instantNow(): number {
  const set = process.env.GOVKIT_NOW;
  if (set === undefined || set === '') return Date.now();
  const instant = rfc3339(set);
  if (instant === undefined)
    throw new UsageError(
      `Unexpected GOVKIT_NOW ${JSON.stringify(set)}, expected a time such as 2026-11-30T12:00:00Z`,
    );
  return instant;
}

function isRole(text: string): text is ActingRole {
  return (ACTING_ROLES as readonly string[]).includes(text);
}

async function gitName(root: string): Promise<string> {
  const name = (await askGit(root, ['config', 'user.name'])).trim();
  return name === '' ? userInfo().username : name;
}
