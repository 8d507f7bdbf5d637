/**
 * Proves by the compiler what the types of `handlers.ts` promise: where a line below an expected error compiles, `tsc`
 * fails.
 */
import type { operations } from '../../generated/control-plane.ts';
import type { pathIds } from '../../generated/resources.ts';
import { refusal } from './errors.ts';
import type { Hosting } from './fixtures/hosting.ts';
import type { Contract, HandlerFor, HandlersFor, RequestFor } from './handlers.ts';

interface ControlPlane extends Contract {
  readonly operations: operations;
  readonly pathIds: typeof pathIds;
  readonly account: { readonly id: string };
  readonly found: {
    readonly workspaces: { readonly workspace: { readonly name: string } };
    readonly 'api-keys': { readonly apiKey: { readonly prefix: string } };
  };
}

type Id = keyof operations;
type Handlers = HandlersFor<ControlPlane>;
type Handler<Name extends Id> = HandlerFor<ControlPlane, Name>;
type Request<Name extends Id> = RequestFor<ControlPlane, Name>;

declare const handlers: Handlers;
declare const inEffect: { mode: 'byok'; source: 'workspace' };

/** A documented response, with a documented refusal beside it. */
export const good: Handler<'getWorkspaceMode'> = async ({ params }) =>
  params.id === '' ? refusal('not_found') : { status: 200, body: { mode: 'managed', source: 'workspace' } };

// @ts-expect-error: a status that the operation does not document
export const undocumentedStatus: Handler<'getWorkspaceMode'> = async () => refusal('plan_limit_exceeded');

// @ts-expect-error: the body of another status
export const otherBody: Handler<'getWorkspaceMode'> = async () => ({ status: 200, body: { message: 'Done.' } });

// @ts-expect-error: a field is missing
export const missingField: Handler<'getWorkspaceMode'> = async () => ({ status: 200, body: { mode: 'managed' } });

// @ts-expect-error: a value outside its enumeration
export const wrongValue: Handler<'getWorkspaceMode'> = async () => ({
  status: 200,
  body: { ...inEffect, mode: 'free' },
});

// @ts-expect-error: a response that is not there yet
export const notAPromise: Handler<'getWorkspaceMode'> = () => ({
  status: 404,
  body: { error: { code: '', message: '' } },
});

const { getCredits: _, ...incomplete } = handlers;
// @ts-expect-error: an operation is left out
export const leftOut: Handlers = incomplete;

// @ts-expect-error: an operation that the contract does not have
export const invented: Handlers = { ...handlers, inventCredits: async () => ({ status: 200, body: {} }) };

declare const update: Request<'updateAiConfig'>;
export const sent: string | null | undefined = update.body.api_key;
// @ts-expect-error: a misspelt field
export const misspelt = update.body.modle;
// @ts-expect-error: a body is the caller's and is not written to
update.body.model = 'x';

declare const metrics: Request<'getWorkspaceUsageMetrics'>;
export const range: '1h' | '6h' | '24h' | '7d' = metrics.query.range;
export const id: string = metrics.params.id;
// @ts-expect-error: an operation without a body
export const noBody: object = metrics.body;
export const named: string = update.resources.workspace.name;

declare const removal: Request<'deleteApiKey'>;
export const prefix: string = removal.resources.apiKey.prefix;
// @ts-expect-error: no id of the path names a workspace
export const none = removal.resources.workspace;

export const wrong: Partial<HandlersFor<Hosting>> = {
  // @ts-expect-error: the header is required
  createSnapshot: async () => ({ status: 202 }),
  // @ts-expect-error: 204 has no body
  deleteSnapshot: async () => ({ status: 204, body: { id: '' } }),
  // @ts-expect-error: another media type
  downloadSnapshot: async () => ({ status: 200, contentType: 'text/plain', content: new Uint8Array() }),
  // @ts-expect-error: an event that the stream does not have
  streamLogs: async () => ({ status: 200, events: (async function* () {})() as AsyncIterable<{ data: number }> }),
  // @ts-expect-error: the path has no snapshot
  listSnapshots: async ({ resources }) => resources.snapshot,
};
