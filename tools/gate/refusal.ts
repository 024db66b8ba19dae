import { contradictingStatus, lastOf, packetId, stubState } from '../artifacts/index.ts';
import type { Dossier } from './dossier.ts';

/** Why a work packet is never to be activated; undefined where nothing says so. */
export function refusalOf({ stub, wpId, packet, packetPath, fold, tree }: Dossier): string | undefined {
  const revised = lastOf(fold, 'revise');
  if (revised !== undefined)
    return `${wpId} is superseded and must not be activated: it goes on as ${revised.data.to}`;
  if (stub === undefined) return undefined;
  const other = [
    stub.title && { what: 'its title', ...stub.title },
    stub.wpId && { what: 'WP_ID', text: stub.wpId.value, place: stub.wpId.place },
  ]
    .flatMap((each) => each ?? [])
    .find(({ text }) => text !== wpId);
  if (other !== undefined)
    return `${wpId} must not be activated: ${stub.path}:${other.place.line}: ${other.what} is "${other.text}"`;
  // Upstream activated some stubs under the id of a later revision (governance-grammar 9).
  const row = tree.registry?.rows.find(({ activatedFrom }) => activatedFrom === stub.path);
  const went = row && tree.packets.find(({ path }) => path === row.activePacket && path !== packetPath);
  if (row !== undefined && went !== undefined)
    return `${wpId} must not be activated: it was activated as ${packetId(went)}: ${row.notesPlace.file}:${row.notesPlace.line}`;
  const [first, second] = [stub.statuses[0], contradictingStatus(stub)];
  if (first !== undefined && second !== undefined) {
    const lines = `${stub.path}:${first.place.line} says "${first.raw}", line ${second.place.line} "${second.raw}"`;
    return `${wpId} must not be activated: its status is stated twice, and differs: ${lines}`;
  }
  const state = stubState(stub);
  // A stub that was activated has its packet; one that says so without a packet is not to be believed.
  if (state === 'STUB' || (packet !== undefined && state === 'ACTIVATED')) return undefined;
  const said = stub.status?.raw ?? 'nothing';
  const at = `${stub.path}:${stub.status?.place.line ?? 1}`;
  if (state === 'SUPERSEDED') return `${wpId} is superseded and must not be activated: ${at} says "${said}"`;
  return `${wpId} must not be activated: ${at} says "${said}", expected STUB`;
}
