import type { PageData } from '../../data/page.ts';
import { Governance } from '../governance/governance.tsx';
import { Sessions } from '../sessions/sessions.tsx';
import { useRoute } from './route.ts';

export function App({ page }: { page: PageData }) {
  const route = useRoute();
  return (
    <>
      <header>
        <h1>{page.repository}</h1>
      </header>
      <main id="main">
        {route.view === 'sessions' && page.sessions !== null ? (
          <Sessions data={page.sessions} route={route} />
        ) : (
          <Governance page={page} route={route} />
        )}
      </main>
    </>
  );
}
