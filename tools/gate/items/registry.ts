import { baseWpId } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/** One row of the base id, and it names the official packet. */
export function judgeRegistry({
  wpId,
  tree,
  registryRows,
  packet,
  packetPath,
  stub,
  fold,
}: Dossier): Judgement {
  const { registry } = tree;
  if (registry === undefined) return absent('there is no traceability registry');
  const next = fold.entries.length > 0 ? nextStep.sync() : nextStep.align(registry.path);
  const row = registryRows[0];
  if (row === undefined) return absent(`no row for ${baseWpId(wpId)}`, next, { file: registry.path });
  const said = registryRows.map(
    ({ activePlace, activePacket }): Evidence => ({
      kind: 'registry',
      file: registry.path,
      line: activePlace.line,
      detail: `it names ${activePacket}`,
    }),
  );
  if (registryRows.length > 1) {
    const detail = `${said.length} rows for ${row.baseWpId}, expected one`;
    return judged('FAIL', [{ kind: 'registry', file: registry.path, detail }, ...said]);
  }
  if (row.activePacket === stub?.path && packet === undefined) {
    return absent('it still names the stub', next, { file: registry.path, line: row.activePlace.line });
  }
  if (row.activePacket !== packetPath) return judged('FAIL', said, next);
  if (packet !== undefined) return judged('PASS', said);
  return judged('FAIL', [...said, { kind: 'note', detail: 'there is no packet behind it' }], next);
}
