import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Keys that work anywhere; those of one view stand with it. */
const KEYS: [string, string][] = [
  ['/', 'to the filter of the view'],
  ['?', 'this list'],
  ['Tab', 'to the next link or field'],
  ['Esc', 'closes this list'],
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');

/** The list of keys. Single letters can be switched off: whoever speaks to the machine would press them unknowing. */
export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [single, setSingle] = useState(true);
  // Not after the next frame, as an effect would be: the key that follows the switch must find it switched.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!single || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        if (!dialog.current?.open) dialog.current?.showModal();
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLElement>('#main input[type="search"]');
        if (!field) return;
        event.preventDefault();
        field.focus();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [single]);
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        Keys
      </button>
      <dialog ref={dialog} class="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl>
          {KEYS.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input
            type="checkbox"
            checked={single}
            onChange={(event) => setSingle(event.currentTarget.checked)}
          />{' '}
          single keys work
        </label>
        <button type="button" onClick={() => dialog.current?.close()}>
          close
        </button>
      </dialog>
    </>
  );
}
