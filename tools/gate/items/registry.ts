import { baseWpId, type GovTree, type RegistryRow } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/** One row of the base id, which names the official packet and nothing else. */
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
  const wrong = contradictions(row, wpId, tree);
  if (wrong.length > 0) return judged('FAIL', [...wrong, ...said], next);
  if (packet !== undefined) return judged('PASS', said);
  return judged('FAIL', [...said, { kind: 'note', detail: 'there is no packet behind it' }], next);
}

/** A row that names one packet in one cell and another in the next tells nobody which of them is in force. */
function contradictions(row: RegistryRow, wpId: string, tree: GovTree): Evidence[] {
  const { active, activatedFrom, boardId, cells, notesPlace, boardPlace, place } = row;
  const wrong: Evidence[] = [];
  const object = ({ file, line }: Place, detail: string): void => {
    wrong.push({ kind: 'registry', file, line, detail });
  };
  if (cells !== 4) object(place, `its row has ${cells} cells, expected 4`);
  if (boardId !== undefined && boardId.text !== wpId)
    object(boardPlace, `its Task Board cell names ${boardId.text}, expected ${wpId}`);
  if (active !== undefined && active !== wpId)
    object(notesPlace, `its notes say active=${active}, expected ${wpId}`);
  const from =
    activatedFrom === undefined ? undefined : tree.stubs.find(({ path }) => path === activatedFrom);
  if (activatedFrom !== undefined && (from === undefined || baseWpId(from.stem) !== baseWpId(wpId)))
    object(
      notesPlace,
      `its notes say "activated from stub ${activatedFrom}", expected a stub of ${baseWpId(wpId)}`,
    );
  return wrong;
}
