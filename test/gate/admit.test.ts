import { describe, expect, it } from 'vitest';
import { admit } from '../../tools/gate/index.ts';
import { sha256 } from '../../tools/text/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec, STUB } from '../checks/base.ts';
import { activatedFiles, demoGround, PACKED, PACKET, WP, word } from './demo.ts';

const ask = async (files: Record<string, string>, wpId = WP, role = 'Coder', ground = demoGround()) =>
  admit(await treeOf(files), baseSpec(), wpId, role, undefined, ground);
const ready = async (): Promise<Record<string, string>> => ({
  ...activatedFiles(),
  ...(await word(activatedFiles(), 'attest', 'copy_notes')),
});

describe('admit', () => {
  it('an open gate gives capabilities, paths and the digest of the packet', async () => {
    expect(await ask(await ready())).toEqual({
      capabilities: ['fs.read', 'proc.exec'],
      paths: ['src/demo.ts'],
      packet_digest: sha256(PACKED),
    });
  });

  it('a stub admits nobody, and says what is missing first and what comes next', async () => {
    expect(await ask(baseFiles())).toEqual({
      refused: true,
      code: 'gate_closed',
      message: `${WP} is closed: a stub admits nobody; item 2 (refinement_block) is open: nothing recorded yet; next: just record-refinement ${WP}`,
    });
  });

  it.each([
    ['WP-1-Nobody-v1', 'unknown_id', /^Unexpected work packet WP-1-Nobody-v1/],
    ['WP-1-../x', 'invalid_id', /is no work-packet id/],
  ])('%s is refused', async (wpId, code, message) => {
    expect(await ask(await ready(), wpId)).toEqual({
      refused: true,
      code,
      message: expect.stringMatching(message),
    });
  });

  it('a role that nobody listed is refused, also where there is no list', async () => {
    expect(await ask(await ready(), WP, 'Ghost')).toEqual({
      refused: true,
      code: 'unknown_role',
      message: 'unknown role "Ghost", expected one of Coder',
    });
    const { '.GOV/roles.yaml': _, ...files } = await ready();
    expect(await ask(files)).toMatchObject({ refused: true, code: 'unknown_role' });
  });

  it('a packet that is not committed admits nobody, nor does one around which nothing is known', async () => {
    const uncommitted = demoGround({ committed: (path) => (path === PACKET ? 'differs' : 'same') });
    expect(await ask(await ready(), WP, 'Coder', uncommitted)).toEqual({
      refused: true,
      code: 'gate_closed',
      message: `${WP} is closed: item 5 (packet) is open: ${PACKET}: it differs from what is committed; next: git add .GOV && git commit -m "Activate a work packet"`,
    });
    expect(admit(await treeOf(await ready()), baseSpec(), WP, 'Coder')).toMatchObject({
      refused: true,
      code: 'gate_closed',
    });
  });

  it('a superseded stub is refused for good', async () => {
    const files = await ready();
    files[STUB] = files[STUB]!.replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED');
    expect(await ask(files)).toMatchObject({ refused: true, code: 'not_activatable' });
  });
});
