import type { ComponentChildren } from 'preact';

/** The one heading of a view, which is read out when somebody arrives there, and a line beneath it. */
export function Head({ title, children }: { title: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="head">
      <h1 id="title" tabIndex={-1}>
        {title}
      </h1>
      {children !== undefined && <div class="lead">{children}</div>}
    </div>
  );
}
