import { describe, expect, it } from 'vitest';
import { planted, plants } from './planted.ts';
import { SimulationFailure, simulate } from './simulate.ts';

/** Where each fault has to be found at the latest. */
const WITHIN = 20_000;

describe('a fault that is planted into the kernel is found by the simulation', () => {
  it.each(plants)('$name', async (plant) => {
    const found = await simulate({ seed: 4, commands: WITHIN, decide: planted(plant) }).catch(
      (error) => error,
    );
    expect(found).toBeInstanceOf(SimulationFailure);
    expect((found as Error).message).toMatch(
      /^seed \d+, step \d+, command \{[\s\S]*\n {2}replay: node test\/sim\/run\.mjs --seed \d+ --commands \d+$/,
    );
  });
});
