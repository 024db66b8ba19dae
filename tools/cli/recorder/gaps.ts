// What a query could not be answered from, told where it would have stood.
import type { Gap } from '../../engine/index.ts';
import type { EventQuery } from '../../recorder/index.ts';
import type { Call } from '../command.ts';
import { visible } from '../output.ts';

/** Gaps in the places that are asked for: nobody knows whether an event that is gone would have answered. */
export const gapsIn = (gaps: readonly Gap[], { after_seq = 0, before_seq }: EventQuery): Gap[] =>
  gaps.filter(
    ({ first_seq, last_seq }) => last_seq > after_seq && first_seq < (before_seq ?? Number.POSITIVE_INFINITY),
  );

/** A line among the events with `--json`, else a word beside them. */
export function tellGap(call: Call, file: string, gap: Gap): void {
  if (call.json) call.out.raw(`${JSON.stringify({ gap })}\n`);
  else if (!call.quiet) call.out.error(`${gapText(gap)} (${file})`);
}

function gapText({ first_seq, last_seq, why, archive, at }: Gap): string {
  const some = first_seq === last_seq ? `event ${first_seq} is` : `events ${first_seq} to ${last_seq} are`;
  const when = at === null ? '' : `, ${at}`;
  switch (why) {
    case 'archived':
      return `${some} not here: archived in ${visible(archive ?? 'a file that nobody named')}${when}`;
    case 'purged':
      return `${some} not here: let go by retention${when}`;
    case 'quarantined':
      return `${some} not here: damaged, and set aside${when}; gov recorder verify tells more`;
    case 'lost':
      return `${some} not here: nobody has them${when}; gov recorder verify tells more`;
    case 'unreadable':
      return `${some} here and no event any more; gov recorder verify tells more`;
  }
}
