import { mailbox } from './mailbox.ts';
import { runs } from './runs.ts';
import type { Sample } from './sample.ts';
import { scheduler } from './scheduler.ts';
import { sessions } from './sessions.ts';
import { spawns } from './spawns.ts';

export const samples: readonly Sample[] = [...sessions, ...scheduler, ...spawns, ...runs, ...mailbox];

export { eventOf, type Kind, put, type Row, type Sample } from './sample.ts';
