import { UsageError } from '../../findings/index.ts';
import type { Call } from '../command.ts';
import { visible } from '../output.ts';
import { nameOfActor } from '../wp/who.ts';

/** Who acts on a session. The kernel takes some names for the runtime's own: what a person typed is a person's doing. */
export async function personOf(call: Call, option: 'by' | 'from' | 'approved-by'): Promise<string> {
  const person = await nameOfActor(call, option);
  if (person === 'system' || person.startsWith('system:'))
    throw new UsageError(
      `--${option} ${visible(person)}: that is the name of the runtime, expected a person's`,
    );
  return person;
}
