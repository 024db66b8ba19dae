import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { usePrinting } from './printing.ts';

/** What is folded away until somebody asks for it, and is drawn only then; on paper everything is open. */
export function Fold({
  name,
  isOpen,
  summary,
  children,
}: {
  /** A class of style.css. */
  name: string;
  /** Until somebody opens or closes it. */
  isOpen: boolean;
  summary: ComponentChildren;
  children: () => ComponentChildren;
}) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const printing = usePrinting();
  const open = printing || (chosen ?? isOpen);
  return (
    <details
      class={name}
      open={open}
      onToggle={(event) => {
        // The browser tells of what was opened for it, too.
        if (event.currentTarget.open !== open) setChosen(event.currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
}
