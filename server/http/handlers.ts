import type { operations } from '../../generated/control-plane.ts';
import type { Account, WorkspaceWithAccount } from '../domain/store.ts';

/** The operations of the control plane's contract, by `operationId`. */
export type OperationId = keyof operations;

/** A handler for every operation: leaving one out does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Answers one operation, with one of its documented answers and no other. */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Answer<Id>>;

/** A request that has passed every refusal of the contract. */
export interface Call<Id extends OperationId> {
  readonly params: Params<Id>;
  readonly query: Query<Id>;
  readonly body: Body<Id>;
  /** Who calls. Reading it throws in an operation that asks for no credential. */
  readonly account: Account;
  /** The workspace in the path, which is the caller's. Reading it throws in an operation without one. */
  readonly workspace: WorkspaceWithAccount;
}

/** `{status, body}` for every documented status of the operation. */
export type Answer<Id extends OperationId> = Documented<operations[Id]['responses']>;

type Documented<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends { content: { 'application/json': infer Json } }
    ? { readonly status: Status; readonly body: Json }
    : never;
}[keyof Responses];

type Params<Id extends OperationId> = Readonly<NonNullable<operations[Id]['parameters']['path']>>;

/** A parameter with a default is always there. */
type Query<Id extends OperationId> = Readonly<Required<NonNullable<operations[Id]['parameters']['query']>>>;

type Body<Id extends OperationId> = Content<operations[Id]['requestBody']>;

/** Undefined where there is no body, or where it may be left out and is. */
type Content<RequestBody> = RequestBody extends { content: { 'application/json': infer Json } }
  ? Readonly<Json>
  : undefined;

/** Makes the call that a handler gets. What its operation does not have is missed when it is read. */
export function callOf(parts: {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly account: Account | undefined;
  readonly workspace: WorkspaceWithAccount | undefined;
}): object {
  const { params, query, body } = parts;
  return {
    params,
    query,
    body,
    get account() {
      return present(parts.account, 'account');
    },
    get workspace() {
      return present(parts.workspace, 'workspace');
    },
  };
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this operation has no ${what}, and its handler asks for it`);
  return value;
}
