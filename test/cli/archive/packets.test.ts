import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackets } from '../../../tools/cli/archive/packets.ts';
import { defaultConfig } from '../../../tools/config/index.ts';
import { BOARD, REGISTRY } from '../../checks/base.ts';
import { temporaryFolder, writeTree } from '../../support/repository.ts';

const packet = (id: string): Record<string, string> => ({
  [`.GOV/task_packets/${id}.md`]: `# Task Packet: ${id}\n\n- **Status:** Done\n`,
});
const registry = { [REGISTRY]: '| Base WP ID | Active Packet | Task Board | Notes |\n|---|---|---|---|\n' };

async function openIn(files: Record<string, string>, ids: readonly string[]) {
  const root = temporaryFolder();
  writeTree(root, files);
  const { isOpen, unreadable } = await readPackets(root, defaultConfig);
  return { open: ids.filter(isOpen), unreadable };
}

describe('which work packets are open', () => {
  const states = ['STUB', 'READY_FOR_DEV', 'IN_PROGRESS', 'BLOCKED', 'VALIDATED', 'FAIL', 'SUPERSEDED'];
  const idOf = (state: string): string => `WP-1-${state.replaceAll('_', '-')}-v1`;
  const files = {
    ...registry,
    ...Object.assign({}, ...states.map((state) => packet(idOf(state)))),
    [BOARD]: `${states.map((state) => `- **[${idOf(state)}]** - [${state}]`).join('\n')}\n`,
  };

  it('F16: those that the board has not ended, whatever a packet says of itself', async () => {
    const closed = ['VALIDATED', 'FAIL', 'SUPERSEDED'];
    const open = states.filter((state) => !closed.includes(state)).map(idOf);
    const found = await openIn(files, states.map(idOf));
    expect(found.unreadable).toBeNull();
    // A line that says [STUB] speaks of the stub: then the packet speaks for itself, and is done.
    expect(found.open).toEqual(open.filter((id) => id !== idOf('STUB')));
  });

  it('one that the tree does not know, and what is no id', async () => {
    const ids = ['WP-1-Unknown-v1', '../x', '__proto__', ''];
    expect((await openIn(files, ids)).open).toEqual(ids);
  });

  it.each([
    ['there is no governance', {}, '.GOV: no governed file under .GOV: is this the right --root?'],
    [
      'there is no board',
      { ...registry, ...packet('WP-1-A-v1') },
      `${BOARD}: Unexpected absence, expected a file that can be read`,
    ],
    ['the board is no text', { ...files, [BOARD]: '\0' }, null],
  ])('all of them where %s', async (_, tree, why) => {
    const found = await openIn(tree, ['WP-1-A-v1', idOf('VALIDATED')]);
    expect(found.open).toEqual(['WP-1-A-v1', idOf('VALIDATED')]);
    if (why !== null) expect(found.unreadable).toBe(why);
  });

  it('all of them where a folder stands in the place of the board', async () => {
    const root = temporaryFolder();
    writeTree(root, { ...registry, ...packet('WP-1-A-v1') });
    mkdirSync(join(root, BOARD), { recursive: true });
    chmodSync(join(root, BOARD), 0o755);
    const { isOpen, unreadable } = await readPackets(root, defaultConfig);
    expect(isOpen('WP-1-A-v1')).toBe(true);
    expect(unreadable).toContain(BOARD);
  });
});
