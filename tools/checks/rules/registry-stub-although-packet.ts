import { idOfFile, takenOverBy, workPackets } from '../../artifacts/index.ts';
import { selfSight, sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  stub: string;
  packet: string;
}

export const registryStubAlthoughPacket = defineRule<'tree', Args>({
  id: 'registry/stub-although-packet',
  summary: 'A row of the traceability registry names the official packet as soon as there is one.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `While the row names the stub, whoever follows it finds a document that nobody may work on, and activates it a second time. It counts a packet of the same id, and a later revision of the base that is open or done; an old packet beside the stub of its remediation is as it should be. The old check looked only at ids with -vN. Name the packet in the row, and say in the notes from which stub it was activated.`,
  message: ({ stub, packet }) =>
    `Unexpected stub ${stub} as the active file, expected the official packet ${packet}`,
  *check(tree) {
    const stubs = new Set(tree.stubs.map(({ path }) => path));
    for (const row of tree.registry?.rows ?? []) {
      const stub = idOfFile(row.activePacket);
      if (stub === undefined || !stubs.has(row.activePacket)) continue;
      const own = workPackets(tree).get(stub)!;
      const work = own.packet === undefined ? takenOverBy(tree, own) : own;
      if (work?.packet === undefined) continue;
      const related = [{ place: selfSight(work.packet).place, note: 'the packet' }];
      yield {
        ...sight(row.activePlace, row.activePacket),
        args: { stub, packet: work.id },
        expected: work.packet.path,
        related,
      };
    }
  },
});
