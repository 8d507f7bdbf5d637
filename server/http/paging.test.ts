import { describe, expect, it } from 'vitest';
import { type PageRange, type PageScope, paged } from './paging.ts';

const SCOPE: PageScope = { list: 'listThings', accountId: 'acct-1', filter: { workspace_id: 'ws-1' } };

interface Thing {
  readonly createdAt: number;
  readonly id: string;
}

/** A table that is read as SQL would: in the order of (created_at, id), behind a position. */
function createTable(size: number) {
  const things: Thing[] = Array.from({ length: size }, (_, at) => ({
    // Three at a time are created in the same millisecond.
    createdAt: Math.floor(at / 3),
    id: `thing-${String(at).padStart(4, '0')}`,
  }));
  const isBehind = ({ createdAt, id }: Thing, after: PageRange['after']) =>
    createdAt > after.createdAt || (createdAt === after.createdAt && id > after.id);
  const read = async ({ limit, after }: PageRange) => things.filter((thing) => isBehind(thing, after)).slice(0, limit);
  return { things, read };
}

async function page(table: ReturnType<typeof createTable>, query: object, scope = SCOPE) {
  const { status, body } = await paged(scope, query, table.read, ({ id }) => id);
  return status === 200 ? body : expect.fail(body.error.code);
}

describe('a list that pages', () => {
  it.each([
    [undefined, 50],
    ['', 50],
    ['many', 50],
    ['7', 7],
    [7, 7],
    ['7.9', 7],
    ['0', 1],
    ['-3', 1],
    ['200', 200],
    ['1e9', 200],
    ['Infinity', 200],
  ])('takes max_results %j as %i', async (given, size) => {
    const { items } = await page(createTable(300), { max_results: given });
    expect(items).toHaveLength(size);
  });

  it('has no next page behind its last item', async () => {
    expect((await page(createTable(0), {})).next_cursor).toBeNull();
    expect((await page(createTable(50), {})).next_cursor).toBeNull();
    expect((await page(createTable(51), {})).next_cursor).not.toBeNull();
  });

  it('shows what is there from beginning to end exactly once, whatever is created or deleted meanwhile', async () => {
    const table = createTable(40);
    const lasting = table.things.filter((_, at) => at % 4 !== 0).map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next_cursor } = await page(table, { max_results: 4, cursor });
      seen.push(...items);
      cursor = next_cursor ?? undefined;
      const last = items.at(-1) ?? '';
      const gone = table.things.findIndex(({ id }, at) => at % 4 === 0 && (id === last || !lasting.includes(id)));
      if (gone !== -1) table.things.splice(gone, 1);
      table.things.unshift({ createdAt: 0, id: `early-${seen.length}` });
    } while (cursor !== undefined);
    expect(seen.filter((id) => lasting.includes(id))).toEqual(lasting);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('takes its cursor for the same list, filter and account only', async () => {
    const table = createTable(60);
    const { next_cursor } = await page(table, {});
    const cursor = next_cursor ?? '';
    expect((await page(table, { cursor })).items).toHaveLength(10);
    const others: PageScope[] = [
      { ...SCOPE, list: 'listOthers' },
      { ...SCOPE, accountId: 'acct-2' },
      { ...SCOPE, filter: {} },
      { ...SCOPE, filter: { workspace_id: 'ws-2' } },
    ];
    for (const scope of others) {
      const { status, body } = await paged(scope, { cursor }, table.read, ({ id }) => id);
      expect([status, body]).toMatchObject([400, { error: { code: 'invalid_cursor' } }]);
    }
  });

  it.each([
    ['an empty one', () => ''],
    ['one that was cut', (cursor: string) => cursor.slice(0, -2)],
    ['one with more behind it', (cursor: string) => `${cursor}AA`],
    ['one in another spelling', (cursor: string) => `${cursor}=`],
    ['a made-up one', () => Buffer.from('x 1 thing-0001').toString('base64url')],
    ['one for another position', (cursor: string) => forge(cursor)],
  ])('refuses %s as a cursor', async (_, spoil) => {
    const table = createTable(60);
    const { next_cursor } = await page(table, {});
    const query = { cursor: spoil(next_cursor ?? '') };
    expect((await paged(SCOPE, query, table.read, ({ id }) => id)).status).toBe(400);
  });
});

function forge(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  return Buffer.from(text.replace('thing-0049', 'thing-0020')).toString('base64url');
}
