import { z } from 'zod';
import { defaults, SessionSpawnRequest } from '../../generated/index.ts';
import { canonicalJson, sha256 } from '../../text/index.ts';
import { isArtifactId, isUuid, isWhole } from '../identity.ts';

/** The spec's request, and ours beside it: idempotency, and what the child asks for (default: the parent's). */
export type SpawnCall = SessionSpawnRequest & { request_id?: string; capability_grants?: string[] };

const text = z.string().refine((value) => value.trim() !== '' && isWhole(value));
const ceiling = z.int().min(0).nullable();

/** The generated contract, held strictly, and what it says in words only. A stated depth is read and ignored (D-20). */
const schema = SessionSpawnRequest.extend({
  requester_session_id: z.string().refine(isUuid),
  requester_role: text,
  child_role: text,
  task_payload_artifact_id: z.string().refine(isArtifactId),
  max_child_depth: ceiling,
  max_active_children: ceiling,
  request_id: text.optional(),
  capability_grants: z.array(z.string()).optional(),
  spawn_depth: z.int().min(0).optional(),
});

export const wellFormed = (request: SpawnCall): boolean => schema.safeParse(request).success;

/** Whether the events of a rejection would be valid: they repeat these three fields. */
export const hasEvidence = ({ requester_session_id, child_role, spawn_mode }: SpawnCall): boolean =>
  isUuid(requester_session_id) &&
  text.safeParse(child_role).success &&
  SessionSpawnRequest.shape.spawn_mode.safeParse(spawn_mode).success;

/** What a caller may leave out has its default before anything is compared or hashed. */
export function complete(request: SpawnCall): SpawnCall {
  return {
    ...request,
    announce_back: request.announce_back ?? defaults.SessionSpawnRequest.announce_back,
    child_model_preference: request.child_model_preference ?? null,
    child_backend_preference: request.child_backend_preference ?? null,
    max_child_depth: request.max_child_depth ?? null,
    max_active_children: request.max_active_children ?? null,
    trigger_source: request.trigger_source ?? {
      stage_session_id: null,
      stage_tab_id: null,
      external_ref: null,
    },
  };
}

/** What makes two requests the same one (D-19). What has no JSON has no digest, and is refused whatever it says. */
export function digestOf(request: SpawnCall): string {
  const { spawn_depth: _, ...said } = request as SpawnCall & { spawn_depth?: number };
  try {
    return sha256(canonicalJson(said));
  } catch {
    return 'malformed';
  }
}
