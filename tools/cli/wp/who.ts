import { userInfo } from 'node:os';
import { ACTING_ROLES, type ActingRole, LEDGER_KINDS, type LedgerKind } from '../../artifacts/index.ts';
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
  const actor = (value(call, 'actor') ?? process.env.GOVKIT_ACTOR ?? (await gitName(call.root))).trim();
  if (actor === '' || actor.length > 100 || /[^\P{C}]/u.test(actor))
    throw new UsageError(
      `Unexpected actor ${JSON.stringify(actor.slice(0, 100))}, expected a name (--actor NAME)`,
    );
  return { actor, role, time: new Date().toISOString().replace(/\.\d+Z$/, 'Z') };
}

function isRole(text: string): text is ActingRole {
  return (ACTING_ROLES as readonly string[]).includes(text);
}

async function gitName(root: string): Promise<string> {
  const name = (await askGit(root, ['config', 'user.name'])).trim();
  return name === '' ? userInfo().username : name;
}
