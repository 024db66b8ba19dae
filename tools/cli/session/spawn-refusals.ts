import type { EngineOptions, SessionSummary, SpawnCall } from '../../engine/index.ts';
import type { Refusal } from './refusals.ts';

interface Asked {
  reason: string;
  request: SpawnCall;
  requester: SessionSummary;
  /** Sessions as they were before the request. */
  sessions: readonly SessionSummary[];
  governance: Pick<EngineOptions, 'admission' | 'roles'>;
}

/** The closed reasons of the spawn contract, each in the words of this very request. */
export async function spawnRefusal(asked: Asked): Promise<Refusal> {
  const { reason, requester, request } = asked;
  const { session_id, root_session_id } = requester;
  const said = (message: string, next: string): Refusal => ({ code: reason, message, next });
  const tree = `session list --tree --under ${root_session_id}`;
  const show = `session show ${session_id}`;
  switch (reason) {
    case 'requester_not_found':
      return said(`no session is called ${session_id}`, 'session list');
    case 'requester_terminal':
      return said(`the requester is ${requester.state}, and what has ended spawns nothing`, show);
    case 'capability_widening':
      return said(
        `a child holds no more than its parent, which has ${listed(requester.capability_grants)}; asked for ${listed(request.capability_grants ?? [])}`,
        show,
      );
    case 'depth_limit_exceeded':
      return said(
        `the child would be at depth ${requester.spawn_depth + 1}, deeper than the tree may be`,
        tree,
      );
    case 'children_cap_reached':
      return said('the requester has as many active children as it may have', show);
    case 'tree_budget_exhausted':
      return said('the tree has had as many descendants as it may ever have', tree);
    case 'total_sessions_cap_reached':
      return said('as many sessions are live as the workspace allows', 'session list --live');
    case 'consent_missing':
      return said('the policy wants consent before this child is spawned', show);
    default:
      return invalid(asked);
  }
}

/** A request is invalid for one of five reasons, and the answer of the contract does not say which. */
async function invalid({ reason, request, requester, sessions, governance }: Asked): Promise<Refusal> {
  const { session_id, role, wp_id } = requester;
  const child = request.child_role;
  const { roles, admission } = governance;
  const said = (message: string, next: string): Refusal => ({ code: reason, message, next });
  const known = sessions.some(
    ({ parent_session_id, request_id }) =>
      parent_session_id === session_id && request_id === request.request_id,
  );
  if (request.request_id !== undefined && known)
    return said(
      `request ${request.request_id} was made before with other content; the same id asks for the same child`,
      `session list --tree --under ${session_id}`,
    );
  if (roles !== undefined) {
    if (!Object.hasOwn(roles, child))
      return said(
        `no role is called "${child}" (expected one of ${Object.keys(roles).join(', ')})`,
        `session show ${session_id}`,
      );
    const may = Object.hasOwn(roles, role) ? roles[role]!.may_spawn : [];
    if (!may.includes(child))
      return said(`${role} may spawn ${listed(may)}, and no ${child}`, `session show ${session_id}`);
  }
  if (wp_id !== null && admission !== undefined) {
    const answer = await admission.admit(wp_id, child);
    if (answer.refused)
      return said(`the gate does not admit a ${child}: ${answer.message}`, `wp status ${wp_id}`);
  }
  return said('the request is malformed', 'session spawn --help');
}

const listed = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));
