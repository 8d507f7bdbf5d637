import { controlPlaneDocument, managedProxyDocument, type OpenApiDocument } from '../../../generated/bundles.ts';
import type { Caller } from '../../http/caller.ts';
import type { AnsweredCall } from '../../http/http-call.ts';
import { wantEqual, wantShape, wantThat } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { creationBody, fillById, type KnownIds, namedInPath, resourceMadeBy } from '../../platform/resources.ts';
import { readState } from '../../platform/settings.ts';
import { documented } from '../documented.ts';
import { type CaseOptions, type FuzzCase, type FuzzKind, makeCases } from '../fuzz/cases.ts';
import { type FuzzedOperation, findOperation } from '../fuzz/operation.ts';
import { spentDuring } from './metering.ts';
import { envelopes } from './refusals.ts';
import { givenCreated } from './resources.ts';
import { batch, chat, completion, content, contents, countable, response } from './route-bodies.ts';

/** Accepted requests of an operation that makes something fill the account. */
const MOST_MADE = 2;
/** Requests without a body have less to spoil. */
const SHARE_WITHOUT_BODY = 4;

/**
 * Generated requests to an operation of the control plane: a documented answer each, and refusals change nothing. Only of
 * these `kinds`, all of which the contract refuses, they are answered 400.
 */
export async function fuzzControlPlane(t: Context, operationId: string, kinds?: readonly FuzzKind[]): Promise<void> {
  const operation = findOperation(controlPlaneDocument, operationId);
  const isWriting = operation.method !== 'GET';
  if (isWriting) await t.borrowSettings();
  const named = namedInPath(operationId);
  const ids = await givenIdsFor(t, operation.method === 'DELETE' ? named.slice(0, -1) : named, isWriting);
  const made = resourceMadeBy(operationId);
  const cases = generated(t, controlPlaneDocument, operation, {
    // What is deleted must not be there: a platform that overlooks what is wrong would delete it.
    fill: fillById(
      operationId,
      operation.method === 'DELETE' ? { ...ids, [named.at(-1) ?? '']: `none-${t.runId}` } : ids,
    ),
    // A field that only the platform judges, such as a key, has to be good: it would be refused for that alone.
    fields: made === undefined ? {} : { ...creationBody(made.name, t.nextName()) },
    isQueryClosed: true,
    ...(kinds && { kinds }),
  });

  const state = async () => (isWriting ? readState(t.funded, ids) : undefined);
  const before = await state();
  const send = async (one: FuzzCase) => {
    const answered = await sendCase(t.funded, operation, one);
    wantAnswer(t, one, answered, kinds === undefined ? allowedFor(operation, one) : [400]);
    if (answered.response.status >= 400) wantShape(answered, documented('ApiErrorBody'));
  };
  for (const one of cases.filter(({ breaks }) => breaks)) await send(one);
  wantEqual(`what the account has after the refusals of seed ${t.fuzz.seed}`, await state(), before);
  const lawful = cases.filter(({ breaks }) => !breaks);
  for (const one of made === undefined ? lawful : lawful.slice(0, MOST_MADE)) await send(one);
}

/** An id of each resource: the run's workspace, and of the others one that is made for the check. */
async function givenIdsFor(t: Context, named: readonly string[], isWriting: boolean): Promise<KnownIds> {
  const ids: Record<string, string> = {};
  if (isWriting || named.includes('workspaces')) ids.workspaces = (await t.workspace()).id;
  for (const name of named) ids[name] ??= (await givenCreated(t, 'funded', name)).id;
  return ids;
}

/** Generated requests to an operation of the proxy: a documented answer each, in its envelope, and refusals cost nothing. */
export async function fuzzProxy(t: Context, operationId: string, shape: ProviderName): Promise<void> {
  const operation = findOperation(managedProxyDocument, operationId);
  const isOwn = operation.path.startsWith('/rig/');
  if (!isOwn) await t.stub(shape);
  const model = isOwn ? '' : t.model(shape).name;
  const fill = { version: 'v1beta', model, subject: t.marker };
  const fields = { ...RESTRAINED, ...meaningful(t.marker, model) };
  const caller = (await t.proxy()).shaped(shape);
  const refused: FuzzCase[] = [];
  for (const one of generated(t, managedProxyDocument, operation, { fill, fields, isQueryClosed: isOwn })) {
    const answered = await sendCase(caller, operation, one);
    // What the provider makes of a body that only it judges is its own affair: the stub judges little.
    wantAnswer(t, one, answered, allowedFor(operation, isOwn ? one : { breaks: false }));
    if (answered.response.status < 400) continue;
    wantShape(answered, envelopes[shape]());
    refused.push(one);
  }
  // Once more, all together: so two looks at the balance do, and a control plane that counts requests is spared.
  const { spent } = await spentDuring(t.funded, async () => {
    for (const one of refused) await sendCase(caller, operation, one);
  });
  wantEqual(`fall of remaining_micro after ${refused.length} refusals of seed ${t.fuzz.seed}`, `${spent}`, '0');
}

/** Calls that are not spoilt reach the provider; drawn numbers would reserve more than an account has. */
const RESTRAINED = { max_tokens: 16, max_completion_tokens: 16, max_output_tokens: 16, n: 1 };

function meaningful(prompt: string, model: string): Readonly<Record<string, unknown>> {
  return Object.assign(
    {},
    ...[chat, completion, response, countable, contents, content, batch].map((body) => body(prompt, model)),
  );
}

function generated(
  t: Context,
  document: OpenApiDocument,
  operation: FuzzedOperation,
  aims: Pick<CaseOptions, 'fill' | 'fields' | 'isQueryClosed' | 'kinds'>,
): readonly FuzzCase[] {
  const { seed, cases } = t.fuzz;
  const count = operation.body === undefined ? Math.ceil(cases / SHARE_WITHOUT_BODY) : cases;
  return makeCases(document, operation, { seed, count, ...aims });
}

function sendCase(caller: Caller, { method }: FuzzedOperation, { path, body }: FuzzCase): Promise<AnsweredCall> {
  if (body === undefined) return caller.send(method, path);
  return caller.send(method, path, { body, headers: [['content-type', 'application/json']] });
}

/** The documented statuses that are no fault of the platform; of what the contract refuses, those that refuse it. */
function allowedFor({ statuses }: FuzzedOperation, { breaks }: Pick<FuzzCase, 'breaks'>): readonly number[] {
  return statuses.filter((status) => status < 500 && (!breaks || (status >= 400 && status !== 401)));
}

function wantAnswer(t: Context, one: FuzzCase, answered: AnsweredCall, allowed: readonly number[]): void {
  const { status } = answered.response;
  wantThat(allowed.includes(status), `${allowed.join(', ')} for ${describeCase(t, one)}`, `status ${status}`, answered);
}

function describeCase(t: Context, { number, kind }: FuzzCase): string {
  return `case ${number} of seed ${t.fuzz.seed} (${kind})`;
}
