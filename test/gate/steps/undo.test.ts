import { describe, expect, it } from 'vitest';
import { planUndo } from '../../../tools/gate/index.ts';
import { Chain, create } from './chain.ts';

describe('x', () => {
  it('chain', async () => {
    const chain = await new Chain().upTo('create');
    console.log(chain.entries(), chain.files);
    await chain.done((d, by) => planUndo(d, by, {}));
    console.log(chain.entries(), chain.documents());
    expect(create).toBeDefined();
    describe;
  });
});
