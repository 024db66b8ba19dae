import { useEffect, useRef } from 'preact/hooks';
import { useBlock } from '../shell/block.ts';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import type { Route } from '../shell/route.ts';
import { outsideLink, stretchesOf } from './pieces.ts';

/** The lines around the places that the page names, the one that was asked for marked. */
export function Source({ route, link }: { route: Route; link: string | null }) {
  const sources = useBlock('sources');
  const file = route.path.join('/');
  const line = Number(route.query.get('line') ?? 0);
  const marked = useRef<HTMLTableRowElement>(null);
  const held = sources instanceof Error || sources === undefined ? undefined : sources[file];
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' });
  }, [held, line]);
  const outside = outsideLink(link, file, line || 1);
  return (
    <>
      <Head title={<code>{file}</code>}>
        <p>
          {line > 0 && `line ${line}`}
          {held && ` of ${held.lines}`}
          {outside !== null && (
            <>
              {' '}
              <a href={outside} target="_blank" rel="noreferrer noopener">
                open outside this page
              </a>
            </>
          )}
        </p>
      </Head>
      {sources === undefined && <p role="status">Reading the sources.</p>}
      {sources instanceof Error && <Empty>The sources cannot be read: {sources.message}</Empty>}
      {sources !== undefined && !(sources instanceof Error) && !held && (
        <Empty>This report holds no line of that file.</Empty>
      )}
      {held && (
        <div class="source">
          <table>
            <caption class="hidden">Lines of {file}</caption>
            <thead class="hidden">
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Text</th>
              </tr>
            </thead>
            <tbody>
              {stretchesOf(held).map((stretch) =>
                'missing' in stretch ? (
                  <tr key={stretch.from} class="gap">
                    <td colSpan={2}>
                      {stretch.missing} {stretch.missing === 1 ? 'line is' : 'lines are'} left out
                    </td>
                  </tr>
                ) : (
                  stretch.text.map((text, index) => {
                    const number = stretch.from + index;
                    const isIt = number === line;
                    return (
                      <tr key={number} ref={isIt ? marked : null} aria-current={isIt ? 'true' : undefined}>
                        <th scope="row">{number}</th>
                        <td>{text}</td>
                      </tr>
                    );
                  })
                ),
              )}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
