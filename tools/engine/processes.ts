import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { BootRow } from '../kernel/index.ts';

/** What tells one process from all others, also from a later one that got its number. */
export type ProcessIdentity = Pick<BootRow, 'host' | 'pid' | 'process_started'>;

/** Which processes live. The only way the engine learns that a run has lost its process (D-41). */
export interface Processes {
  own(): ProcessIdentity;
  /** Null where nobody here can tell: its process is of another machine or container. */
  lives(process: ProcessIdentity): boolean | null;
}

/** Processes of this machine, by number and start time where the system tells it (`/proc`). */
export const systemProcesses: Processes = {
  own: () => ({ host: host(), pid: process.pid, process_started: startOf(process.pid) }),
  lives(other) {
    if (other.host !== host()) return null;
    if (!answers(other.pid)) return false;
    const started = startOf(other.pid);
    // A number that was used again is another process; one that has ended and was not yet collected has no start.
    return other.process_started === null || started === other.process_started;
  },
};

/** A container has process numbers of its own, often under the name of the machine. */
const host = (): string => [hostname(), optional(() => readlinkSync('/proc/self/ns/pid'))].join(' ').trim();

/** The start of a process in ticks since the machine started, and which start of the machine that was. */
function startOf(pid: number): string | null {
  const stat = optional(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name stands in parentheses and may hold anything; after it come state, 18 numbers, and the start.
  const [state, ...numbers] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = numbers[18];
  if (ticks === undefined || state === 'Z' || state === 'X') return null;
  return `${optional(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim()} ${ticks}`;
}

/** Signal 0 asks and does nothing; a process of another user refuses it, and so lives. */
function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function optional(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
