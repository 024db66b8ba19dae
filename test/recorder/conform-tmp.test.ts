import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault } from '../../tools/recorder/conform/json-fault.ts';
const mutated = fc.tuple(fc.json(), fc.nat(), fc.string({maxLength:2}), fc.nat(3)).map(([t,n,ins,del])=>{const i=n%(t.length+1); return t.slice(0,i)+ins+t.slice(i+del)});
it('agrees', () => {
  fc.assert(fc.property(mutated, (t) => {
    let ok=true; try { JSON.parse(t) } catch { ok=false }
    const f = jsonFault(t);
    expect([t, f.expected==='the end of the line' && f.cut]).toEqual([t, ok]);
  }), {numRuns: 20000});
  fc.assert(fc.property(fc.json(), fc.nat(), (t,n) => {
    if (t.length < 2 || /^-?\d/.test(t)) return;
    const cut = t.slice(0, 1+n%(t.length-1));
    expect([cut, jsonFault(cut).cut]).toEqual([cut, true]);
  }), {numRuns: 20000});
});
