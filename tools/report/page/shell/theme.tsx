import { useState } from 'preact/hooks';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const KEY = 'govkit.theme';

/** A page that is opened from a file may have no storage: then its choice lasts as long as it is open. */
function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

function put(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing to remember it in.
  }
}

export function ThemeChoice() {
  const [theme, setTheme] = useState(() => {
    // Before anything is shown: what was chosen at the last visit.
    const kept = remembered();
    put(kept);
    return kept;
  });
  return (
    <fieldset class="theme">
      <legend>Colours</legend>
      {THEMES.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="theme"
            checked={theme === name}
            onChange={() => {
              put(name);
              setTheme(name);
            }}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
