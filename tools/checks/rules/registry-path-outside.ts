import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registryPathOutside = defineRule<'registry', Args>({
  id: 'registry/path-outside',
  summary: 'The active packet of a registry row is a file under task_packets, stubs included.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `The registry says which file is in force. Packets lie under .GOV/task_packets and stubs in its folder "stubs"; a row that names a document elsewhere ("docs/...") makes somebody work from a text that no gate has seen. The old activation check took any path.`,
  message: ({ found }) => `Unexpected active packet "${found}", expected a file under .GOV/task_packets`,
  *check({ rows }) {
    for (const { activePacket, activePlace, cells } of rows) {
      if (cells < 2 || isPacketPath(activePacket)) continue;
      yield { place: activePlace, args: { found: activePacket } };
    }
  },
});

function isPacketPath(path: string): boolean {
  return (
    /(?:^|\/)task_packets\/(?:stubs\/)?(?:[^/]+|WP-[^/]+\/packet)\.md$/.test(path) &&
    !/^(?:[A-Za-z]:)?[\\/]/.test(path) &&
    !path.split('/').includes('..')
  );
}
