import type { PageData } from '../../data/page.ts';
import { Governance } from '../governance/governance.tsx';
import { Sessions } from '../sessions/sessions.tsx';
import { useArrival } from './arrival.ts';
import { Keys } from './keys.tsx';
import { Navigation } from './navigation.tsx';
import { useRoute } from './route.ts';
import { ThemeChoice } from './theme.tsx';
import { viewsOf } from './views.ts';

export function App({ page }: { page: PageData }) {
  const route = useRoute();
  const views = viewsOf(page);
  const view = views.find(({ view: name }) => name === route.view);
  const title = view?.title ?? (route.view === 'source' ? 'Source' : 'Not here');
  useArrival(route, [...route.path.slice(-1), title, page.repository].join(' · '));
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="banner">
        <p class="repository">{page.repository}</p>
        <Navigation views={views} current={route.view} />
        <div class="tools">
          <ThemeChoice />
          <Keys />
        </div>
        <p class="origin">
          {page.spec !== null && (
            <>
              <span title={page.spec.file}>spec {page.spec.version}</span>{' '}
              <code title={`sha256 ${page.spec.sha256}`}>{page.spec.sha256.slice(0, 12)}</code>{' '}
            </>
          )}
          <span>govkit {page.version}</span>
        </p>
      </header>
      <main id="main" tabIndex={-1} class={`view-${view?.view || route.view || 'overview'}`}>
        {route.view === 'sessions' && page.sessions !== null ? (
          <Sessions data={page.sessions} route={route} />
        ) : (
          <Governance page={page} route={route} />
        )}
      </main>
    </>
  );
}
