import { once } from 'node:events';
import { get, type IncomingMessage, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ReportServer, type Served, serveReport } from '../../../tools/cli/report/server.ts';

const servers: ReportServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function serving(
  served: Served = { html: '<p>é</p>', policy: "default-src 'none'", version: 'a1', trouble: null },
) {
  const state = { served };
  const server = await serveReport(() => state.served, undefined);
  servers.push(server);
  return { server, state, port: Number(new URL(server.address).port) };
}

async function ask(
  port: number,
  options: { path?: string; method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number | undefined; body: string; message: IncomingMessage }> {
  const asked = request({ host: '127.0.0.1', port, ...options }).end();
  const [message] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const piece of message.setEncoding('utf8')) body += piece;
  return { status: message.statusCode, body, message };
}

/** Follows `/changes`; `next` is the next event. */
async function follow(port: number) {
  const [message] = (await once(get({ host: '127.0.0.1', port, path: '/changes' }), 'response')) as [
    IncomingMessage,
  ];
  const pieces = message.setEncoding('utf8')[Symbol.asyncIterator]();
  return { message, next: async () => ((await pieces.next()) as IteratorResult<string, undefined>).value };
}

describe('the server of gov report --watch', () => {
  it('answers / with the document, and says to every browser how to treat it', async () => {
    const { server, port } = await serving();
    expect(server.address).toBe(`http://127.0.0.1:${port}/`);
    const { status, body, message } = await ask(port);
    expect([status, body]).toEqual([200, '<p>é</p>']);
    const { date, connection, 'keep-alive': _, ...headers } = message.headers;
    expect([typeof date, connection]).toEqual(['string', 'keep-alive']);
    expect(headers).toEqual({
      'cache-control': 'no-store',
      'content-length': '9',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(await ask(port, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST'])('is asked for as %s', async (name) => {
    const { port } = await serving();
    expect((await ask(port, { headers: { Host: `${name}:${port}` } })).status).toBe(200);
  });

  it.each([
    'example.org',
    'example.org:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    'localhost.example.org:PORT',
    '127.0.0.1:PORT.example.org',
    '[::1]:PORT',
    '0.0.0.0:PORT',
  ])('is not asked for as %s: a name that somebody made lead here', async (name) => {
    const { port } = await serving();
    const { status, body } = await ask(port, { headers: { Host: name.replace('PORT', String(port)) } });
    expect([status, body]).toEqual([
      421,
      'Unexpected Host, expected the address that gov report --watch printed\n',
    ]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const { port } = await serving();
    const { status, body, message } = await ask(port, { method });
    expect([status, body, message.headers.allow]).toEqual([
      405,
      'Unexpected method, expected GET or HEAD\n',
      'GET, HEAD',
    ]);
  });

  it.each([
    '/index.html',
    '/?x',
    '//',
    '/changes/',
    '/changes?x',
    '/../etc/passwd',
    '/%2e%2e/',
    '/favicon.ico',
  ])('has nothing at %s', async (path) => {
    const { port } = await serving();
    const { status, body } = await ask(port, { path });
    expect([status, body]).toEqual([404, 'Unexpected path, expected / or /changes\n']);
  });

  it('tells whoever follows what is served, at once and when it changes', async () => {
    const { server, state, port } = await serving();
    const { message, next } = await follow(port);
    expect(message.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(await next()).toBe('retry: 1000\n\ndata: {"version":"a1","trouble":null}\n\n');
    state.served = { ...state.served, trouble: 'two\nlines' };
    server.tell();
    expect(await next()).toBe('data: {"version":"a1","trouble":"two\\nlines"}\n\n');
    state.served = { html: 'b', policy: '', version: 'b2', trouble: null };
    server.tell();
    expect(await next()).toBe('data: {"version":"b2","trouble":null}\n\n');
    expect((await ask(port)).body).toBe('b');
  });

  it('tells no page from elsewhere', async () => {
    const { port } = await serving();
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await ask(port, { path: '/changes', headers: { 'Sec-Fetch-Site': site } })).toMatchObject({
        status: 403,
        body: 'Unexpected page from elsewhere, expected the report itself\n',
      });
  });

  it('tells sixteen pages at once, and a further one when one of them has gone', async () => {
    const { port } = await serving();
    const pages = await Promise.all(Array.from({ length: 16 }, () => follow(port)));
    expect(await ask(port, { path: '/changes' })).toMatchObject({
      status: 503,
      body: '16 pages are told of changes already\n',
    });
    expect((await ask(port)).status).toBe(200);
    const gone = once(pages[0]!.message, 'close');
    pages[0]!.message.destroy();
    await gone;
    let further = await ask(port, { path: '/changes', method: 'HEAD' });
    // The server hears of it a moment later.
    while (further.status === 503) further = await ask(port, { path: '/changes', method: 'HEAD' });
    expect(further.status).toBe(200);
  });

  it('says that a port is taken', async () => {
    const { port } = await serving();
    await expect(
      serveReport(() => ({ html: '', policy: '', version: '', trouble: null }), port),
    ).rejects.toThrow(
      `--port ${port}: something listens there already (expected a free one; without --port one is found)`,
    );
  });

  it('ends every page that follows', async () => {
    const { server, port } = await serving();
    const { next } = await follow(port);
    await next();
    await server[Symbol.asyncDispose]();
    servers.length = 0;
    expect(await next()).toBeUndefined();
  });
});
