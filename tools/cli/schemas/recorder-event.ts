import { z } from 'zod';
import { events } from '../../generated/index.ts';

const seq = z.int().min(1).describe('place in the order of the database');
const [first, ...others] = Object.values(events).map(({ schema }) => schema.extend({ seq }));

/** One line of `gov recorder query`: an event of the generated registry, with its place. */
export const recorderEventSchema = z.union([first!, ...others]);
