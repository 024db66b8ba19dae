import { useState } from 'preact/hooks';

/** A command to type, and a button that copies it; where the browser forbids that, it marks the text instead. */
export function Command({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  const copy = async (button: HTMLElement) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      getSelection()?.selectAllChildren(button.previousElementSibling!);
      setSaid('marked: copy it with the keys of your system');
    }
  };
  return (
    <span class="command">
      <code>{text}</code>
      <button type="button" onClick={(event) => copy(event.currentTarget)} onBlur={() => setSaid('')}>
        copy<span class="hidden"> {text}</span>
      </button>
      <span role="status" class="said">
        {said}
      </span>
    </span>
  );
}
