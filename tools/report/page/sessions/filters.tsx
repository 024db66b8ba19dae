import { useMemo } from 'preact/hooks';
import type { SessionLane } from '../../data/sessions.ts';
import { go, type Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { choicesOf, FILTERS, type Filter, isFiltered, NO_PACKET, timeOf } from './filter.ts';
import type { Lookup } from './lookup.ts';
import { plain } from './words.ts';

/** What is looked for; each change has an address. */
export function Filters({ lookup, filter, route }: { lookup: Lookup; filter: Filter; route: Route }) {
  const { lanes } = lookup.data;
  // A list that is filtered anew begins on its first page.
  const to = (name: string, value: string) => addressWith(route, { [name]: value, page: null });
  const choices = useMemo(
    () => ({
      role: choicesOf(lanes, ({ role }) => role),
      model: choicesOf(lanes, ({ model_id }) => model_id),
      wp: choicesOf(lanes, ({ wp_id }: SessionLane) => wp_id ?? NO_PACKET),
      state: choicesOf(lanes, ({ state }) => state),
    }),
    [lanes],
  );
  const select = (name: keyof typeof choices, label: string, word: (value: string) => string) => (
    <label>
      <span>{label}</span>
      <select name={name} value={filter[name]} onChange={(event) => go(to(name, event.currentTarget.value))}>
        <option value="">all</option>
        {choices[name].map(({ value, count }) => (
          <option key={value} value={value}>
            {word(value)} ({count})
          </option>
        ))}
        {filter[name] !== '' && !choices[name].some(({ value }) => value === filter[name]) && (
          <option value={filter[name]}>{filter[name]} (0)</option>
        )}
      </select>
    </label>
  );
  const moment = (name: 'from' | 'to', label: string) => {
    const time = timeOf(filter[name], lookup.zero);
    return (
      <label>
        <span>{label}</span>
        <input
          type="datetime-local"
          name={name}
          step="0.001"
          value={time === null ? '' : new Date(lookup.zero + time).toISOString().slice(0, -1)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const at = value === '' ? Number.NaN : Date.parse(`${value}Z`);
            go(to(name, Number.isNaN(at) ? '' : new Date(at).toISOString()));
          }}
        />
      </label>
    );
  };
  return (
    <search class="session-filters" aria-label="Filter sessions">
      <label>
        <span>Text</span>
        <input
          type="search"
          name="text"
          placeholder="role, tool, reason…"
          value={filter.text}
          onInput={(event) => go(to('text', event.currentTarget.value), true)}
        />
      </label>
      <label>
        <span>Session id</span>
        <input
          type="text"
          name="session"
          placeholder="or its beginning"
          autocomplete="off"
          spellcheck={false}
          value={filter.session}
          onInput={(event) => go(to('session', event.currentTarget.value), true)}
        />
      </label>
      {select('role', 'Role', (value) => value)}
      {select('model', 'Model', (value) => value)}
      {select('wp', 'Work packet', (value) => (value === NO_PACKET ? 'none' : value))}
      {select('state', 'State', plain)}
      {moment('from', 'From (UTC)')}
      {moment('to', 'To (UTC)')}
      {isFiltered(filter) && (
        <a class="reset" href={addressWith(route, Object.fromEntries(FILTERS.map((name) => [name, null])))}>
          reset filters
        </a>
      )}
    </search>
  );
}
