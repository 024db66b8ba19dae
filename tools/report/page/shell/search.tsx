import { useId } from 'preact/hooks';
import { withQuery } from './query.ts';
import { go, type Route } from './route.ts';

/** A field whose words stand in the address under `text`; letters typed are no steps of the browser's history. */
export function Search({ route, label }: { route: Route; label: string }) {
  const id = useId();
  return (
    <div class="search">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        autocomplete="off"
        spellcheck={false}
        value={route.query.get('text') ?? ''}
        onInput={(event) => go(withQuery(route, { text: event.currentTarget.value }), true)}
      />
    </div>
  );
}
