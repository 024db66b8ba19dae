import { flushSync } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';

/** Whether the page is being put on paper, which knows no pages of rows and nothing folded. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(() => matchMedia('print').matches);
  useEffect(() => {
    // The paper is laid out as soon as the listener returns: it must be drawn by then.
    const put = (value: boolean) => () => flushSync(() => setPrinting(value));
    const [before, after] = [put(true), put(false)];
    const media = matchMedia('print');
    const changed = () => flushSync(() => setPrinting(media.matches));
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    media.addEventListener('change', changed);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      media.removeEventListener('change', changed);
    };
  }, []);
  return printing;
}
