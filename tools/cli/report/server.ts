import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../../findings/index.ts';

/** What is served now. */
export interface Served {
  /** The whole document. */
  html: string;
  /** The policy that stands in it, as a header too. */
  policy: string;
  version: string;
  /** Why it is not as new as it should be; null while it is. */
  trouble: string | null;
}

export interface ReportServer extends AsyncDisposable {
  /** `http://127.0.0.1:8137/` */
  address: string;
  /** Tells every page that is open of what is served now. */
  tell(): void;
}

/** Pages that are told of changes at the same time; each holds a connection. */
const LISTENERS = 16;
const CONNECTIONS = 64;
/** So long a page waits before it asks again where the connection broke. */
const RETRY_MS = 1000;

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/**
 * Serves one document to this machine, and news of it. `/` and `/changes`, read only, and only to whoever asks for
 * this machine by a name of its own: a page from elsewhere that made its name lead here is refused.
 */
export async function serveReport(served: () => Served, port: number | undefined): Promise<ReportServer> {
  const listeners = new Set<ServerResponse>();
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer({ maxHeaderSize: 8192 }, (request, response) => {
    const refused = refusal(request, hosts);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', `${served().policy}; frame-ancestors 'none'`);
    if (refused !== undefined) {
      const [status, text] = refused;
      if (status === 405) response.setHeader('Allow', 'GET, HEAD');
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
      response.end(`${text}\n`);
    } else if (request.url === '/') {
      const html = Buffer.from(served().html);
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': html.length });
      response.end(request.method === 'HEAD' ? undefined : html);
    } else listen(request, response);
  });
  server.maxConnections = CONNECTIONS;

  function listen(request: IncomingMessage, response: ServerResponse): void {
    if (listeners.size >= LISTENERS) {
      response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
      response.end(`${LISTENERS} pages are told of changes already\n`);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    response.write(`retry: ${RETRY_MS}\n\n${news(served())}`);
  }

  const found = await listening(server, port);
  hosts = new Set(
    ['127.0.0.1', 'localhost'].flatMap((name) => [`${name}:${found}`, ...(found === 80 ? [name] : [])]),
  );
  return {
    address: `http://127.0.0.1:${found}/`,
    tell() {
      for (const response of listeners) response.write(news(served()));
    },
    async [Symbol.asyncDispose]() {
      for (const response of listeners) response.end();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** One event: the version that is served, and what is wrong with it. JSON has no line ends of its own. */
function news({ version, trouble }: Served): string {
  return `data: ${JSON.stringify({ version, trouble })}\n\n`;
}

function refusal(
  { headers, method, url }: IncomingMessage,
  hosts: ReadonlySet<string>,
): [status: number, text: string] | undefined {
  if (!hosts.has((headers.host ?? '').toLowerCase()))
    return [421, 'Unexpected Host, expected the address that gov report --watch printed'];
  if (method !== 'GET' && method !== 'HEAD') return [405, 'Unexpected method, expected GET or HEAD'];
  if (url !== '/' && url !== '/changes') return [404, 'Unexpected path, expected / or /changes'];
  const site = headers['sec-fetch-site'];
  if (url === '/changes' && site !== undefined && site !== 'same-origin')
    return [403, 'Unexpected page from elsewhere, expected the report itself'];
  return undefined;
}

async function listening(server: Server, port: number | undefined): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'something listens there already',
        EACCES: 'permission denied',
      };
      const why = reasons[error.code ?? ''] ?? error.message;
      reject(
        new UsageError(`--port ${port ?? 0}: ${why} (expected a free one; without --port one is found)`, {
          cause: error,
        }),
      );
    });
    server.listen(port ?? 0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
