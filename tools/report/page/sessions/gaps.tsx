import type { SessionsData } from '../../data/sessions.ts';
import { many } from './words.ts';

/** What the page does not have: nobody should take what is shown for all there was. */
export function Gaps({ data: { gaps, left_out } }: { data: SessionsData }) {
  const records = gaps.reduce((sum, { first_seq, last_seq }) => sum + last_seq - first_seq + 1, 0);
  if (records === 0 && left_out.sessions === 0 && left_out.events_before === null) return null;
  return (
    <details class="gaps">
      <summary>
        Not everything is here
        {records > 0 && `: ${many(records, 'record')} not in the log any more`}
        {(left_out.sessions > 0 || left_out.events_before !== null) && '; what is oldest is left out'}
      </summary>
      <ul>
        {gaps.map(({ first_seq, last_seq, why, archive }) => (
          <li key={first_seq}>
            {first_seq} to {last_seq}: {why}
            {archive !== null && ` (${archive})`}
          </li>
        ))}
        {left_out.sessions > 0 && <li>{many(left_out.sessions, 'session')} that began before these</li>}
        {left_out.events_before !== null && <li>every event before number {left_out.events_before}</li>}
      </ul>
    </details>
  );
}
