import type { PageData } from '../../data/page.ts';
import { unpack } from './unpack.ts';

interface News {
  version: string;
  trouble: string | null;
}

const BLOCKS = 'script[type="application/x-govkit"]';

/**
 * Follows what `gov report --watch` serves, where the page came from it. The document is fetched anew and only its
 * data is taken over: `show` draws it, and whoever reads stays where he is. Trouble is told in one line above the
 * page, which keeps what it shows.
 */
export function followChanges(show: (page: PageData) => void): void {
  let shown = document.documentElement.dataset.live;
  if (shown === undefined) return;
  const tell = status();
  let wanted = shown;
  let fetching = false;
  const catchUp = async (): Promise<void> => {
    if (fetching) return;
    fetching = true;
    try {
      while (wanted !== shown) {
        const asked = wanted;
        const fresh = await fetched();
        takeOver(fresh);
        show(await unpack<PageData>('page'));
        // What came may be newer than what was asked for; the news of it is on its way.
        shown = fresh.documentElement.dataset.live ?? asked;
        if (wanted === asked) wanted = shown;
      }
    } finally {
      fetching = false;
    }
  };
  const changes = new EventSource('/changes');
  changes.onmessage = ({ data }: MessageEvent<string>) => {
    const { version, trouble } = JSON.parse(data) as News;
    tell(trouble === null ? '' : `Not refreshed: ${trouble}`);
    wanted = version;
    catchUp().catch(() => tell('Not refreshed: the report could not be fetched.'));
  };
  changes.onerror = () => tell('Not refreshed any more: gov report --watch does not answer.');
}

async function fetched(): Promise<Document> {
  const response = await fetch('/', { cache: 'no-store' });
  if (!response.ok) throw new Error(`the report answers ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** The data of another document in the place of this one's; scripts of that kind are never run. */
function takeOver(fresh: Document): void {
  for (const block of document.querySelectorAll(BLOCKS)) block.remove();
  for (const block of fresh.querySelectorAll(BLOCKS)) document.body.append(document.importNode(block, true));
}

/** A line above the page that is read aloud when it changes. */
function status(): (text: string) => void {
  const line = document.createElement('p');
  line.id = 'live';
  line.setAttribute('role', 'status');
  line.hidden = true;
  document.body.prepend(line);
  return (text) => {
    line.textContent = text;
    line.hidden = text === '';
  };
}
