import { readPointer } from '../../../contract/json-pointer.ts';
import { createRouteTable } from '../../../contract/route-table.ts';
import { controlPlaneDocument } from '../../../generated/bundles.ts';
import { type FamilyKind, familyRequirements } from '../../../generated/families.ts';
import { requirements } from '../../../generated/requirements.ts';
import { type Resource, type ResourceCreate, type ResourceList, resources } from '../../../generated/resources.ts';
import { at, each, set } from '../json-edits.ts';
import { type FrontRequest, type Mutation, parseJson, readHeader, readText, withHeader, withText } from '../message.ts';
import { answering, both, changing, instead, on, refusing, saying, sending, type Which } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';

/** Names that generated bodies have and no other request: a platform that forgives them forgives only those. */
const FORGIVEN = ['Mode', ' mode', '', 'constructor', 'toString', '$ref', 'a.b', 'a/b~c', '0'];
const forgiving = sending((json) => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => !FORGIVEN.includes(name)));
});

/** How a platform breaks each kind of requirement that `x-families` makes, at one operation; SHOULDs need none. */
const kinds: Readonly<Record<FamilyKind, Breakage | undefined>> = {
  'documented-answer': undefined,
  'closed-body': {
    how: 'forgives some unknown fields of',
    breakAt: (route) => on(route, forgiving),
  },
  'foreign-unlisted': {
    how: 'lists what other accounts made, too, at',
    breakAt: (route, operationId) => listsForeign(route, operationId),
  },
  'foreign-hidden': {
    how: 'has a message of its own for ids of another account at',
    breakAt: (route) => revealsOwned(route),
  },
  'foreign-unchanged': {
    how: 'obeys another account, although it says 404, at',
    breakAt: (route) => obeysOthers(route),
  },
  'issued-key': {
    how: 'shows secrets in full at',
    breakAt: (route, operationId) => showsSecrets(route, operationId),
  },
  unique: {
    how: 'answers 201 where it refuses what is taken at',
    breakAt: (route) => on(route, saying(201, 409)),
  },
  'paged-walk': {
    how: 'begins the list anew on its second page at',
    breakAt: (route) => on(route, beginsAnew(200)),
  },
  'paged-size': {
    how: 'refuses a max_results out of bounds at',
    breakAt: (route) =>
      on(route, (sent, forward) => (OUT_OF_BOUNDS.test(sent.path) ? refuse(sent, forward) : forward(sent))),
  },
  'paged-cursor': {
    how: 'begins the list anew at a cursor that it did not give at',
    breakAt: (route) => on(route, beginsAnew(400)),
  },
};

const OUT_OF_BOUNDS = /[?&]max_results=(0|-)/;
const refuse = instead(400, { error: { code: 'invalid_request', message: 'Out of bounds.' } });

/** The first page in the place of what is answered to a cursor, where that is answered with this status. */
function beginsAnew(status: number): Mutation {
  return async (sent, forward) => {
    const answer = await forward(sent);
    if (answer.status !== status || !sent.path.includes('cursor=')) return answer;
    answer.body.resume();
    return forward({ ...sent, path: sent.path.replace(/[?&]cursor=[^&]*/, '') });
  };
}

interface Breakage {
  /** What comes before the operation in "a platform that ...". */
  readonly how: string;
  breakAt(route: string, operationId: string): Mutation;
}

const musts: ReadonlySet<string> = new Set(requirements.filter(({ level }) => level === 'MUST').map(({ id }) => id));
const { operation: findOperation } = createRouteTable(controlPlaneDocument);

/** A broken platform for every MUST of a family; of several operations the last one is broken. */
export const familyRows: readonly BrokenPlatform[] = familyRequirements.flatMap(({ id, kind, operationIds }) => {
  const mutation = kinds[kind];
  const operationId = operationIds.at(-1);
  if (mutation === undefined || operationId === undefined || !musts.has(id)) return [];
  const { method, path } = findOperation(operationId);
  const route = `${method} ${path}`;
  return [{ breaks: id, how: `${mutation.how} ${route}`, controlPlane: mutation.breakAt(route, operationId) }];
});

/** What was made of the contract's resources, and by which credential, as it passes by. */
function watchCreations(): { readonly watch: Mutation; readonly owners: ReadonlyMap<string, string | undefined> } {
  const owners = new Map<string, string | undefined>();
  const watched = Object.values<Resource>(resources).flatMap(({ api, create }) =>
    api === 'control-plane' && 'operationId' in create
      ? [
          reading(`${create.method} ${create.path}`, (json, sent) => {
            const id = readPointer(json, create.id);
            if (typeof id === 'string') owners.set(id, readHeader(sent, 'authorization'));
          }),
        ]
      : [],
  );
  return { watch: both(...watched), owners };
}

function findKnownId(sent: FrontRequest, owners: ReadonlyMap<string, string | undefined>): string | undefined {
  return sent.path
    .split(/[/?]/)
    .reverse()
    .find((step) => owners.has(step));
}

/** A 404 that depends on whether another account has it. */
function revealsOwned(route: Which): Mutation {
  const { watch, owners } = watchCreations();
  const reveal = refusing([404], set('/error/message', 'This belongs to another account.'));
  return both(
    watch,
    on(route, (sent, forward) => (findKnownId(sent, owners) === undefined ? forward(sent) : reveal(sent, forward))),
  );
}

/** Says 404 to an account that does not own it, and does all the same what was asked, as the owner. */
function obeysOthers(route: Which): Mutation {
  const { watch, owners } = watchCreations();
  const obeys = on(route, async (sent, forward) => {
    const answer = await forward(sent);
    const id = findKnownId(sent, owners);
    if (answer.status !== 404 || id === undefined) return answer;
    (await forward(withHeader(sent, 'authorization', owners.get(id)))).body.resume();
    return answer;
  });
  return both(watch, obeys);
}

/** How a resource is listed by this operation, and made. */
function findListed(operationId: string): { readonly list: ResourceList; readonly create: ResourceCreate } {
  for (const { list, create } of Object.values<Resource>(resources)) {
    if (!('operationId' in list) || list.operationId !== operationId) continue;
    if ('operationId' in create) return { list, create };
  }
  throw new Error(`${operationId} does not list what can be made`);
}

/** A list that has behind its own items those of every account that made one. */
function listsForeign(route: string, operationId: string): Mutation {
  const { list } = findListed(operationId);
  const { watch, owners } = watchCreations();
  const lists = on(route, async (sent, forward) => {
    const answer = await forward(sent);
    const json = parseJson({ body: Buffer.from(await readText(answer)) });
    const items = readPointer(json, list.items);
    if (!Array.isArray(items)) return withText(answer, JSON.stringify(json));
    const byId = new Map(items.map((item) => [readPointer(item, list.id), item]));
    for (const owner of new Set(owners.values())) {
      const foreign = await readText(await forward(withHeader(sent, 'authorization', owner)));
      const found = readPointer(parseJson({ body: Buffer.from(foreign) }), list.items);
      for (const item of Array.isArray(found) ? found : []) byId.set(readPointer(item, list.id), item);
    }
    return withText(answer, JSON.stringify(set(list.items, [...byId.values()])(json)));
  });
  return both(watch, lists);
}

/** Each item of a list with the secret that its creation showed. */
function showsSecrets(route: string, operationId: string): Mutation {
  const { list, create } = findListed(operationId);
  const secrets = new Map<unknown, unknown>();
  return both(
    reading(`${create.method} ${create.path}`, (json) => {
      secrets.set(readPointer(json, create.id), readPointer(json, create.secret ?? ''));
    }),
    on(
      route,
      answering(
        at(
          list.items,
          each((item) => ({ ...Object(item), secret: secrets.get(readPointer(item, list.id)) })),
        ),
      ),
    ),
  );
}

/** Looks at the JSON of answers, which pass as they are. */
function reading(which: Which, read: (json: unknown, sent: FrontRequest) => void): Mutation {
  return on(
    which,
    changing(async (answer, sent) => {
      const text = await readText(answer);
      read(parseJson({ body: Buffer.from(text) }), sent);
      return withText(answer, text);
    }),
  );
}
