import { useEffect, useRef } from 'preact/hooks';
import type { Route } from './route.ts';

/** What somebody left behind at an address: how far down, and the link that was followed. */
const left = new Map<string, { top: number; href: string | null }>();

/**
 * Arriving at another view reads out its heading and begins at its top; going back with the browser finds the
 * place, and the link, from which one left. A filter that changes is no arrival.
 */
export function useArrival(route: Route, title: string): void {
  const here = [route.view, ...route.path].join('/');
  const before = useRef<string | null>(null);
  const followed = useRef(false);

  useEffect(() => {
    const click = (event: Event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      if (!link) return;
      if (link.getAttribute('href') === '#main') {
        // The hash is the address of the view: it must not become that of the skip link.
        event.preventDefault();
        document.getElementById('main')?.focus();
        return;
      }
      followed.current = true;
      left.set(location.hash, { top: scrollY, href: link.getAttribute('href') });
    };
    addEventListener('click', click, true);
    return () => removeEventListener('click', click, true);
  }, []);

  useEffect(() => {
    document.title = `${title} · govkit`;
    const first = before.current === null;
    before.current = here;
    const isBack = !followed.current;
    followed.current = false;
    if (first) return;
    const there = isBack ? left.get(location.hash) : undefined;
    const link = there?.href
      ? document.querySelector<HTMLElement>(`#main a[href="${CSS.escape(there.href)}"]`)
      : null;
    (link ?? document.getElementById('title'))?.focus({ preventScroll: true });
    // What the address points at has been scrolled to by its view.
    if (there) scrollTo(0, there.top);
    else if (!route.query.has('at') && !route.query.has('line')) scrollTo(0, 0);
  }, [here]);
}
