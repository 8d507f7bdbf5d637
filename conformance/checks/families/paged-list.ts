import { readPointer } from '../../../contract/json-pointer.ts';
import type { Caller } from '../../http/caller.ts';
import { type AnsweredCall, parseBody } from '../../http/http-call.ts';
import { givenStatus, givenThat, wantEqual, wantStatus, wantThat, wantValue } from '../../http/want.ts';
import type { AccountName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { deleteOwned, fillPath, type KnownIds, listOwned } from '../../platform/resources.ts';
import { create, findListed, givenCreated } from '../steps/resources.ts';

/** Enough for a first page, one in the middle and a last one. */
const MADE = 3;
/** More than an account has items. */
const MOST_PAGES = 1_000;

/** Page by page, what is there all the time is shown once and in order, while one is deleted and another one made. */
export async function checkPagedWalk(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const { resource, parents, made } = await givenSeveral(t, 'funded', operationId);
    const whole = (await listOwned(t.funded, resource, parents)) ?? [];
    const [doomed] = whole.filter(({ id }) => made.includes(id));
    givenThat(doomed !== undefined, `could not be set up: the list of ${resource.name} does not show what was made`);
    const seen: string[] = [];
    let query: string | undefined = 'max_results=1';
    for (let page = 0; query !== undefined && page < MOST_PAGES; page += 1) {
      const answered = await readPage(t.funded, operationId, parents, query);
      const { ids, cursor } = wantPage(answered, operationId);
      wantThat(!ids.some((id) => seen.includes(id)), 'no item on two pages', `${ids} again`, answered);
      seen.push(...ids);
      if (doomed !== undefined && ids.includes(doomed.id)) {
        await deleteOwned(t.funded, doomed);
        givenStatus(await create(t, 'funded', resource.name, {}, parents), 200, 201, 202);
      }
      query = cursor === undefined ? undefined : `max_results=1&cursor=${encodeURIComponent(cursor)}`;
    }
    const lasting = made.filter((id) => id !== doomed?.id);
    givenThat(lasting.length === MADE - 1, `could not be set up: what was made of ${resource.name} shares its id`);
    const inOrder = (ids: readonly string[]) => ids.filter((id) => lasting.includes(id));
    wantEqual('what the pages show', inOrder(seen), inOrder(whole.map(({ id }) => id)));
  }
}

/** As many items as are asked for, and no refusal of a number that is out of bounds. */
export async function checkPagedSize(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const { parents } = await givenSeveral(t, 'funded', operationId);
    const ask = async (size: string) => {
      const answered = await readPage(t.funded, operationId, parents, `max_results=${size}`);
      return { answered, shown: wantPage(answered, operationId).ids.length };
    };
    for (const [size, most] of [
      ['1', 1],
      ['2', 2],
      ['0', 1],
      ['-7', 1],
    ] as const) {
      const { answered, shown } = await ask(size);
      wantEqual(`items with max_results=${size}`, shown, most, answered);
    }
    for (const [size, most] of [
      ['201', 200],
      ['many', 50],
    ] as const) {
      const { answered, shown } = await ask(size);
      wantThat(
        shown >= MADE && shown <= most,
        `${MADE} to ${most} items with max_results=${size}`,
        `${shown}`,
        answered,
      );
    }
  }
}

/** A cursor that the list did not give to this account is refused. */
export async function checkPagedCursor(t: Context, operationIds: readonly string[]): Promise<void> {
  for (const operationId of operationIds) {
    const own = await givenSeveral(t, 'funded', operationId, 1);
    const foreign = await givenSeveral(t, 'other', operationId, 2);
    const page = givenStatus(await readPage(t.as('other'), operationId, foreign.parents, 'max_results=1'), 200);
    const { cursor } = wantPage(page, operationId);
    givenThat(cursor !== undefined, 'could not be set up: a page in the middle of a list has no next_cursor', page);
    for (const given of ['', 'made-up', cursor ?? '']) {
      const query = `cursor=${encodeURIComponent(given)}`;
      const answered = await readPage(t.funded, operationId, own.parents, query);
      wantStatus(answered, 400);
      wantValue(answered, '/error/code', 'invalid_cursor');
    }
  }
}

/** Several of what an operation lists, with the same parents. */
async function givenSeveral(t: Context, account: AccountName, operationId: string, count = MADE) {
  const resource = findListed(operationId);
  const first = await givenCreated(t, account, resource.name);
  const { [resource.name]: _, ...parents } = first.ids;
  const made = [first.id];
  while (made.length < count) {
    const answered = givenStatus(await create(t, account, resource.name, {}, parents), 200, 201, 202);
    made.push(String('id' in resource.create && readPointer(parseBody(answered), resource.create.id)));
  }
  return { resource, parents, made };
}

function readPage(caller: Caller, operationId: string, parents: KnownIds, query: string): Promise<AnsweredCall> {
  const { list } = findListed(operationId);
  const path = 'path' in list ? fillPath(operationId, list.path, parents) : undefined;
  if (path === undefined) throw new Error(`an id is missing for ${operationId}`);
  return caller.get(`${path}?${query}`);
}

/** The ids of a page, and what leads to the next one; undefined on the last page. */
function wantPage(answered: AnsweredCall, operationId: string) {
  wantStatus(answered, 200);
  const { list } = findListed(operationId);
  const json = parseBody(answered);
  const items = 'items' in list ? readPointer(json, list.items) : undefined;
  wantThat(Array.isArray(items), 'a page with its items', JSON.stringify(json), answered);
  const ids = (items as readonly unknown[]).map((item) => String('id' in list && readPointer(item, list.id)));
  const cursor = readPointer(json, '/next_cursor');
  return { ids, cursor: typeof cursor === 'string' ? cursor : undefined };
}
