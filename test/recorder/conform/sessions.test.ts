import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelSessionState } from '../../../tools/generated/index.ts';
import { Sessions } from '../../../tools/recorder/conform/sessions.ts';
import type { KnownSession } from '../../../tools/recorder/conform/state.ts';

const idOf = (n: number): string => `019c8ee0-7280-7000-8002-${n.toString(16).padStart(12, '0')}`;
const fresh = (): KnownSession => ({
  state: 'CREATED',
  parent: null,
  depth: 0,
  children: [],
  completed: false,
});

const step = fc.record({
  session: fc.nat(20),
  state: fc.constantFrom(...ModelSessionState.options),
  parent: fc.option(fc.nat(20), { nil: null }),
  depth: fc.constantFrom(0, 1, 70_000, -1),
  completed: fc.boolean(),
});

describe('what a log has told about its sessions', () => {
  it('is the same whether those that ended are kept small or not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const sessions = new Sessions();
        const plain = new Map<string, Omit<KnownSession, 'children'>>();
        for (const { session, state, parent, depth, completed } of steps) {
          const id = idOf(session);
          if (!sessions.has(id)) sessions.set(id, fresh());
          const told = { state, parent: parent === null ? null : idOf(parent), depth, completed };
          Object.assign(sessions.get(id)!, told);
          sessions.get(told.parent ?? '')?.children.push(id);
          plain.set(id, told);
          sessions.settle();
        }
        expect(sessions.size).toBe(plain.size);
        for (const [id, told] of plain) expect(sessions.get(id)).toMatchObject(told);
        expect(sessions.get(idOf(99))).toBeUndefined();
      }),
    );
  });

  it('a live child is found below parents that have ended', () => {
    const sessions = new Sessions();
    const chain = [0, 1, 2].map(idOf);
    for (const [at, id] of chain.entries()) {
      const parent = chain[at - 1] ?? null;
      sessions.set(id, { ...fresh(), parent, depth: at });
      if (parent !== null) sessions.get(parent)!.children.push(id);
    }
    for (const id of chain.slice(0, 2)) sessions.get(id)!.state = 'COMPLETED';
    sessions.settle();
    expect(sessions.get(chain[0]!)!.children).toEqual([chain[1]]);
    expect(sessions.get(chain[1]!)!.children).toEqual([chain[2]]);
    sessions.get(chain[2]!)!.state = 'CANCELLED';
    sessions.settle();
    expect(chain.map((id) => sessions.get(id)!.children)).toEqual([[], [], []]);
    expect(chain.map((id) => sessions.get(id)!.parent)).toEqual([null, chain[0], chain[1]]);
  });
});
