import type { GenerateOptions } from '../../contracts/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { nearWords } from '../../text/index.ts';
import { generateRoots } from './outputs.ts';

/** How many names a message may list: a misread list of roots would fill the screen. */
const MOST = 5;

/** Less would be generated than was meant: a root that is no type and no event is told with the nearest names. */
export function refuseUnknownRoots(
  index: SpecIndex,
  roots: readonly string[],
  options: Omit<GenerateOptions, 'roots'>,
): void {
  const { ir } = generateRoots(index, [], options);
  const known = [...ir.types.map(({ name }) => name), ...ir.events.map(({ frId }) => frId)];
  const unknown = [...new Set(roots)].filter((root) => !known.includes(root));
  if (unknown.length === 0) return;
  const told = unknown.slice(0, MOST).map((root) => {
    const near = nearWords(root, known);
    return near.length > 0 ? `${root} (did you mean ${near.join(', ')}?)` : root;
  });
  const more = unknown.length > MOST ? ` and ${unknown.length - MOST} more` : '';
  throw new UsageError(
    `Unexpected ${unknown.length === 1 ? 'root' : 'roots'} ${told.join(', ')}${more}, expected types and events that the spec defines (gov codegen --print ir lists them)`,
  );
}
