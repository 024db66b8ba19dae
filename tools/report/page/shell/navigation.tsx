import { hashOf } from './route.ts';
import type { View } from './views.ts';

export function Navigation({ views, current }: { views: readonly View[]; current: string }) {
  return (
    <nav class="views" aria-label="Views">
      <ul>
        {views.map(({ view, title, count }) => (
          <li key={view}>
            <a href={hashOf({ view })} aria-current={view === current ? 'page' : undefined}>
              <span>{title}</span>
              {count !== null && <span class="number">{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
