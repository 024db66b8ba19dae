import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineError, reasonOf } from '../errors.ts';

/** The folder of a store with those above it, one by one: where none can be made, Node's own recursion never ends. */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  try {
    for (let at = folder; !statSync(at, { throwIfNoEntry: false }); at = dirname(at)) missing.push(at);
    for (const at of missing.reverse()) make(at);
  } catch (error) {
    throw new EngineError('store_unavailable', `cannot make ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was quicker
  }
}
