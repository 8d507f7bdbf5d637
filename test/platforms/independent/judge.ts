import type { IncomingMessage } from 'node:http';
import { notFound, Refused, type Reply, readBody, refuseAll } from './call.ts';
import { paths } from './routes.ts';
import { type Account, findOwner, ownKeys, ownWorkspaces, type State } from './state.ts';

const BASE = '/api/v1';
const LARGEST_BODY_BYTES = 1024 * 1024;
/** Whom the public pages are answered to, which ask for nobody. */
const NOBODY: Account = { plan: 'free', ai: {} };

/** Answers, or refuses in the order of the contract: 404, 405, 401, 404, 413, 415, 400. */
export function judge(state: State, request: IncomingMessage, raw: Buffer): Reply {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://here');
  const path = paths.find((one) => toPattern(one.path).test(pathname));
  if (path === undefined) throw notFound();
  const operation = path.methods[request.method ?? ''];
  if (operation === undefined) throw wrongMethod(Object.keys(path.methods));
  const account = path.open ? NOBODY : findAccount(state, request);

  const id = decoded(toPattern(path.path).exec(pathname)?.[1] ?? '');
  const own = <T extends { readonly id: string }>(all: readonly T[]) => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw notFound();
    return found;
  };
  const workspace = () => own(ownWorkspaces(state, account));
  const key = () => own(ownKeys(state, account));
  if (path.path.startsWith('/workspaces/')) workspace();
  if (path.path.startsWith('/api-keys/')) key();

  const unknown = [...query.keys()].filter((name, at, all) => !path.query?.includes(name) || all.indexOf(name) < at);
  refuseAll(
    'query',
    unknown.map((name) => [name, 'unknown']),
  );
  return operation({
    ...{ state, account, query, workspace, key },
    body: (fields, required = []) => readBody(readJsonText(request, raw), fields, required),
  });
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${BASE}${path.replace('{id}', '([^/]+)')}$`);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw notFound();
  }
}

function wrongMethod(methods: readonly string[]): Refused {
  const allow = methods.join(', ');
  return new Refused(405, 'method_not_allowed', `This path knows ${allow}.`, undefined, { allow });
}

function findAccount(state: State, { headersDistinct }: IncomingMessage): Account {
  const sent = headersDistinct.authorization ?? [];
  const headers = { 'www-authenticate': 'Bearer realm="independent"' };
  if (sent.length > 1) throw new Refused(401, 'duplicate_credentials', 'One credential, please.', undefined, headers);
  const account = findOwner(state, /^Bearer (\S+)$/i.exec(sent[0] ?? '')?.[1] ?? '');
  if (account === undefined) throw new Refused(401, 'unauthorized', 'Who is there?', undefined, headers);
  return account;
}

function readJsonText({ headers }: IncomingMessage, raw: Buffer): string {
  if (raw.length > LARGEST_BODY_BYTES) throw new Refused(413, 'payload_too_large', 'That is more than 1 MiB.');
  if (/^application\/json *(;|$)/i.test(headers['content-type'] ?? '')) return raw.toString();
  throw new Refused(415, 'unsupported_media_type', 'Only application/json is read here.');
}
