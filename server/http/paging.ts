import { createHash } from 'node:crypto';
import { type Refusal, refusal } from './errors.ts';

/** Items of a page: the default, and the bounds that `max_results` is brought into. */
const DEFAULT_ITEMS = 50;
const MOST_ITEMS = 200;

/** The place of an item in a list that is ordered by the moment of creation, and by id within one millisecond. */
export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

/** What to read: `limit` items behind `after` in the order of the list. A first page is behind a position before all items. */
export interface PageRange {
  readonly limit: number;
  readonly after: Position;
}

/** What a page belongs to. A cursor of another list, filter or account is refused. */
export interface PageScope {
  /** The operation that lists. */
  readonly list: string;
  readonly accountId: string;
  /** Further parameters that decide what is in the list. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

export interface PageQuery {
  /** A number that is out of bounds is brought into 1..200, and anything else counts as 50. It is never refused. */
  readonly max_results?: unknown;
  /** As the last page gave it. Default: the first page. */
  readonly cursor?: string | undefined;
}

/** The response of a list that pages. */
export type PagedResponse<Shown> =
  | { readonly status: 200; readonly body: { readonly items: Shown[]; readonly next_cursor: string | null } }
  | Refusal<'invalid_cursor'>;

/**
 * Responds with one page of a list; with 400 `invalid_cursor` to a cursor that this list, filter and account was not given.
 * `read` is asked for one item more than the page holds, to know whether another page follows. Cursors hold a position and no
 * offset, so a walk over all pages shows each item that is there from beginning to end exactly once, whatever is created or
 * deleted meanwhile.
 */
export async function paged<Item extends Position, Shown>(
  scope: PageScope,
  query: PageQuery,
  read: (range: PageRange) => Promise<readonly Item[]>,
  show: (item: Item) => Shown,
): Promise<PagedResponse<Shown>> {
  const after = query.cursor === undefined ? BEFORE_ALL : readCursor(scope, query.cursor);
  if (after === 'invalid') return refusal('invalid_cursor');
  const size = pageSize(query.max_results);
  const found = await read({ limit: size + 1, after });
  const items = found.slice(0, size);
  const last = items.at(-1);
  const next_cursor = found.length > size && last !== undefined ? writeCursor(scope, last) : null;
  return { status: 200, body: { items: items.map(show), next_cursor } };
}

const BEFORE_ALL: Position = { createdAt: -1, id: '' };

function pageSize(given: unknown): number {
  const number = String(given ?? '').trim() === '' ? Number.NaN : Number(given);
  if (Number.isNaN(number)) return DEFAULT_ITEMS;
  return Math.min(Math.max(Math.trunc(number), 1), MOST_ITEMS);
}

/**
 * A position and a digest of it and of its scope. The digest is not secret: it tells cursors of other lists apart, and
 * who makes one up for a list of its own gets a page of that list.
 */
function writeCursor(scope: PageScope, { createdAt, id }: Position): string {
  const position = `${createdAt} ${id}`;
  return Buffer.from(`${digest(scope, position)} ${position}`).toString('base64url');
}

function readCursor(scope: PageScope, cursor: string): Position | 'invalid' {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, given, position = '', createdAt = '', id = ''] = /^(\S+) ((\d+) (.+))$/s.exec(text) ?? [];
  const isOurs =
    given === digest(scope, position) && writeCursor(scope, { createdAt: Number(createdAt), id }) === cursor;
  return isOurs ? { createdAt: Number(createdAt), id } : 'invalid';
}

function digest({ list, accountId, filter = {} }: PageScope, position: string): string {
  const filters = Object.entries(filter).filter(([, value]) => value !== undefined);
  const text = JSON.stringify([list, accountId, filters.sort(), position]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
