import type { ComponentChildren } from 'preact';

/** What is said where there is nothing to show, and what to do about it. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
