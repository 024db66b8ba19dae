import type { ComponentChildren } from 'preact';
import type { Overlay } from './amounts.ts';
import { LEVELS } from './amounts.ts';

/** What shapes mean; each is told from the others without its colour. */
export function Legend({ overlay }: { overlay: Overlay }) {
  return (
    <details class="legend">
      <summary>Legend</summary>
      <ul>
        <Sign says="session, run, attempt, tool call: each inside of the one before">
          <path class="kind-0 ended" d="M0 1h40v18h-40Z" />
          <path class="kind-1 ended" d="M4 4h32v12h-32Z" />
          <path class="kind-2 ended" d="M8 6.5h24v7h-24Z" />
          <path class="kind-3 ended" d="M14 9h12v2.5h-12Z" />
        </Sign>
        <Sign says="spawned: a full line, a filled head">
          <g class="arrow spawn">
            <path class="line" d="M4 10H34" />
            <path class="head" d="M36 10l-6-4v8Z" />
          </g>
        </Sign>
        <Sign says="announced and read: a broken line, an open head">
          <g class="arrow read">
            <path class="line" d="M4 10H36" />
            <path class="hollow" d="M30 6l6 4-6 4" />
          </g>
        </Sign>
        <Sign says="announced, not read: dots, a ring">
          <g class="arrow unread">
            <path class="line" d="M4 10H29" />
            <path class="hollow" d="M30 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0" />
          </g>
        </Sign>
        <Sign says="cancelled: hatched, with a bracket over what was taken">
          <path class="kind-0 cancelled" d="M0 2h34v16h-34Z" />
          <path class="hatched" d="M4 18 20 2M14 18 30 2M24 18 34 8" />
          <g class="bracket">
            <path d="M35 2h4v16h-4" />
          </g>
        </Sign>
        <Sign says="failed: a dark outline with a heavy left edge">
          <path class="kind-2 failed" d="M4 4h32v12h-32Z" />
        </Sign>
        <Sign says="open: fades where the record ends">
          <path class="kind-0 open" d="M0 3h22v14h-22Z" />
          <path class="fade fade-0" d="M22 3h6v14h-6Z" />
          <path class="fade fade-1" d="M28 3h6v14h-6Z" />
          <path class="fade fade-2" d="M34 3h6v14h-6Z" />
        </Sign>
        {overlay !== 'off' && (
          <Sign says={`${overlay} of an attempt, by height and shade, against the largest of all`}>
            {Array.from({ length: LEVELS }, (_, level) => (
              <path
                key={level}
                class={`amount level-${level}`}
                d={`M${level * 8} 20v-${4 + level * 4}h7v${4 + level * 4}Z`}
              />
            ))}
          </Sign>
        )}
      </ul>
    </details>
  );
}

function Sign({ says, children }: { says: string; children: ComponentChildren }) {
  return (
    <li>
      <svg class="lane" viewBox="0 0 40 20" width="40" height="20" aria-hidden="true">
        {children}
      </svg>
      {says}
    </li>
  );
}
