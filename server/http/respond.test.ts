import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Hosting, hostingDocument, pathIds } from './fixtures/hosting.ts';
import { AUTHORIZATION, type Service, startService } from './fixtures/service.ts';
import type { HandlersFor } from './handlers.ts';
import { paged } from './paging.ts';

type Handlers = HandlersFor<Hosting>;

const open: Service[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close({ graceMs: 0 }))));

const unused = async () => expect.fail('this test does not call the operation');
const unusedHandlers: Handlers = {
  createWorkspace: unused,
  listSnapshots: unused,
  createSnapshot: unused,
  getSnapshot: unused,
  deleteSnapshot: unused,
  downloadSnapshot: unused,
  streamLogs: unused,
};

/** The small contract in front of these handlers. Alice has the workspace `ws-1` with the snapshot `snap-1`. */
async function start(handlers: Partial<Handlers>, validateResponses = true) {
  const looked: string[] = [];
  const service = await startService({
    document: hostingDocument,
    pathIds,
    lookups: {
      workspaces: async (account: { id: string }, id: string) => {
        looked.push(`${account.id} ${id}`);
        return id === 'ws-1' ? { workspace: { id, name: 'one' } } : undefined;
      },
      snapshots: async (_account: unknown, id: string, outer: { workspace: { id: string } }) => {
        looked.push(`${outer.workspace.id} ${id}`);
        return id === 'snap-1' ? { snapshot: { id, of: outer.workspace.id } } : undefined;
      },
    },
    validateResponses,
    handlers: { ...unusedHandlers, ...handlers },
  });
  open.push(service);
  return { ...service, looked };
}

describe('a handler', () => {
  it('responds 201 with a header of its own', async () => {
    const { call } = await start({
      createWorkspace: async () => ({ status: 201, body: { id: 'ws-7' }, headers: { Location: '/workspaces/ws-7' } }),
    });
    const { status, headers, body } = await call('POST', '/workspaces');
    expect([status, headers.get('location'), body]).toEqual([201, '/workspaces/ws-7', { id: 'ws-7' }]);
  });

  it('responds without a body, with 202 and a header, and with 204', async () => {
    const { call } = await start({
      createSnapshot: async () => ({ status: 202, headers: { Location: '/jobs/1' } }),
      deleteSnapshot: async () => ({ status: 204 }),
    });
    const accepted = await call('POST', '/workspaces/ws-1/snapshots');
    expect([accepted.status, accepted.headers.get('location'), accepted.text]).toEqual([202, '/jobs/1', '']);
    const deleted = await call('DELETE', '/workspaces/ws-1/snapshots/snap-1');
    expect([deleted.status, deleted.text, deleted.headers.get('cache-control')]).toEqual([204, '', 'no-store']);
  });

  it('sends a download with its type and name', async () => {
    const { call } = await start({
      downloadSnapshot: async () => ({
        status: 200,
        contentType: 'application/gzip',
        content: Buffer.from('bytes'),
        filename: 'snäpshot.tar.gz',
      }),
    });
    const { headers, text } = await call('GET', '/workspaces/ws-1/snapshots/snap-1/archive');
    expect(text).toBe('bytes');
    expect(headers.get('content-type')).toBe('application/gzip');
    expect(headers.get('content-length')).toBe('5');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="sn?pshot.tar.gz"; filename*=UTF-8''sn%C3%A4pshot.tar.gz`,
    );
    expect((await call('HEAD', '/workspaces/ws-1/snapshots/snap-1/archive')).headers.get('content-length')).toBe('5');
  });

  it('sends a download piece by piece, and ends its source when the caller goes away', async () => {
    const source = createSource((at) => Buffer.alloc(1000, at));
    const { api } = await start({
      downloadSnapshot: async ({ signal }) => ({
        status: 200,
        contentType: 'application/gzip',
        content: source.items(signal),
      }),
    });
    await leaveAfterFirst(`${api}/workspaces/ws-1/snapshots/snap-1/archive`);
    await expect.poll(() => source.isEnded()).toBe(true);
  });

  it.each([
    ['a status without its required header', { status: 202 }, 'is documented with the header Location'],
    [
      'a body where none is documented',
      { status: 202, headers: { Location: '/' }, body: {} },
      'is not documented with',
    ],
    ['an undocumented status', { status: 200, body: {} }, 'status 200 is not documented'],
  ])('does not get out with %s', async (_, given, fault) => {
    const { call, logText } = await start({ createSnapshot: async () => given as never });
    expect((await call('POST', '/workspaces/ws-1/snapshots')).status).toBe(500);
    expect(logText()).toContain(fault);
  });
});

describe('a stream of events', () => {
  it('has a name, an id and JSON data for each, and ends with its source', async () => {
    const { call } = await start({
      streamLogs: async ({ query }) => ({
        status: 200,
        events: (async function* () {
          yield { event: 'log', id: '1', data: { message: `one of ${query.lines}\n` } } as const;
          yield { event: 'end', data: { reason: 'stopped' } } as const;
        })(),
      }),
    });
    const { headers, text } = await call('GET', '/workspaces/ws-1/logs');
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(text).toBe(
      'event: log\nid: 1\ndata: {"message":"one of 200\\n"}\n\nevent: end\ndata: {"reason":"stopped"}\n\n',
    );
  });

  it('ends its source when the caller goes away, also while nothing comes', async () => {
    const source = createSource((at) => ({ event: 'log', id: String(at), data: { message: 'x' } }) as const);
    const { api, logText } = await start({
      streamLogs: async ({ signal }) => ({ status: 200, events: source.items(signal) }),
    });
    await leaveAfterFirst(`${api}/workspaces/ws-1/logs`);
    await expect.poll(() => source.isEnded()).toBe(true);
    expect(logText()).not.toContain('"level":"error"');
  });

  it('cuts the connection where its source fails, and logs why', async () => {
    const { api, logLines } = await start({
      streamLogs: async () => ({
        status: 200,
        events: (async function* () {
          yield { event: 'log', id: '1', data: { message: 'x' } } as const;
          throw new Error('the disk is gone');
        })(),
      }),
    });
    const response = await fetch(`${api}/workspaces/ws-1/logs`, { headers: AUTHORIZATION });
    await expect(response.text()).rejects.toThrow();
    await expect
      .poll(logLines)
      .toContainEqual(
        expect.objectContaining({ level: 'error', err: expect.objectContaining({ message: 'the disk is gone' }) }),
      );
  });

  it('is not begun for HEAD', async () => {
    const source = createSource((at) => ({ event: 'log', id: String(at), data: { message: 'x' } }) as const);
    const { call } = await start({ streamLogs: async ({ signal }) => ({ status: 200, events: source.items(signal) }) });
    const { status, headers, text } = await call('HEAD', '/workspaces/ws-1/logs');
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/event-stream', '']);
    expect(source.isBegun()).toBe(false);
  });
});

describe('the ids of a path', () => {
  it('are looked up in order, and what they name reaches the handler', async () => {
    const { call, looked } = await start({
      getSnapshot: async ({ resources: { workspace, snapshot } }) => ({
        status: 200,
        body: { id: `${snapshot.id} of ${workspace.name}` },
      }),
    });
    expect((await call('GET', '/workspaces/ws-1/snapshots/snap-1')).body).toEqual({ id: 'snap-1 of one' });
    expect(looked).toEqual(['acct-alice ws-1', 'ws-1 snap-1']);
  });

  it('are 404 where the outer one is unknown, before the inner one is looked at', async () => {
    const { call, looked } = await start({});
    expect((await call('GET', '/workspaces/ws-2/snapshots/snap-1')).status).toBe(404);
    expect(looked).toEqual(['acct-alice ws-2']);
    expect((await call('GET', '/workspaces/ws-1/snapshots/snap-2')).status).toBe(404);
  });

  it('are 404 before anything else of the request is 400', async () => {
    const { call } = await start({});
    expect((await call('GET', '/workspaces/ws-2/logs?lines=x&y=1')).status).toBe(404);
    expect((await call('GET', '/workspaces/ws-1/logs?lines=x&y=1')).status).toBe(400);
  });

  it('stop the start where the inner one has no lookup', async () => {
    const lookups = { workspaces: async () => ({}) };
    await expect(startService({ document: hostingDocument, pathIds, lookups })).rejects.toThrow(
      'no lookup finds the id {snapshot_id} of /workspaces/{id}/snapshots/{snapshot_id}',
    );
  });
});

it('a list that pages takes what comes of max_results and refuses a cursor of another list', async () => {
  const items = Array.from({ length: 60 }, (_, at) => ({ id: `snap-${100 + at}`, createdAt: at }));
  const { call } = await start({
    listSnapshots: ({ account, query, params }) =>
      paged(
        { list: 'listSnapshots', accountId: account.id, filter: { workspace: params.id } },
        query,
        async ({ limit, after }) => items.filter((each) => each.createdAt > after.createdAt).slice(0, limit),
        ({ id }) => ({ id }),
      ),
  });
  const list = async (query: string) => (await call('GET', `/workspaces/ws-1/snapshots${query}`)).body;
  const first = await list('?max_results=many');
  expect(first.items).toHaveLength(50);
  const second = await list(`?cursor=${first.next_cursor}`);
  expect([...first.items, ...second.items]).toEqual(items.map(({ id }) => ({ id })));
  expect(second.next_cursor).toBeNull();
  expect(await list('?cursor=x')).toMatchObject({ error: { code: 'invalid_cursor' } });
});

/** One item at once, the others only while the caller is there. */
function createSource<Item>(make: (at: number) => Item) {
  let isBegun = false;
  let isEnded = false;
  async function* items(signal: AbortSignal): AsyncIterable<Item> {
    isBegun = true;
    try {
      yield make(0);
      await sleep(1_000_000, undefined, { signal }).catch(() => {});
    } finally {
      isEnded = true;
    }
  }
  return { items, isBegun: () => isBegun, isEnded: () => isEnded };
}

async function leaveAfterFirst(url: string): Promise<void> {
  const leave = new AbortController();
  const response = await fetch(url, { headers: AUTHORIZATION, signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
}
