import type { operations } from '../../generated/control-plane.ts';
import type { Account } from '../resources/accounts/account.ts';
import type { WorkspaceWithAccount } from '../resources/workspaces/workspace.ts';

/** The operations of the control plane's contract, by `operationId`. */
export type OperationId = keyof operations;

/** A handler for every operation: leaving one out does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

export type Handler<Id extends OperationId> = HandlerOf<operations[Id]>;
export type Call<Id extends OperationId> = CallOf<operations[Id]>;
export type Answer<Id extends OperationId> = AnswerOf<operations[Id]>;

/** What the types of any contract say of an operation. */
export interface OperationTypes {
  readonly parameters: { readonly path?: unknown; readonly query?: unknown };
  readonly requestBody?: unknown;
  readonly responses: object;
}

/** Answers one operation, with one of its documented answers and no other. */
export type HandlerOf<Operation extends OperationTypes> = (call: CallOf<Operation>) => Promise<AnswerOf<Operation>>;

/** A request that has passed every refusal of the contract. */
export interface CallOf<Operation extends OperationTypes> {
  readonly params: Params<Operation>;
  readonly query: Query<Operation>;
  readonly body: Content<Operation['requestBody']>;
  /** Who calls. Reading it throws in an operation that asks for no credential. */
  readonly account: Account;
  /** The workspace in the path, which is the caller's. Reading it throws in an operation without one. */
  readonly workspace: WorkspaceWithAccount;
}

/** `{status, body}` for every documented status of the operation. */
export type AnswerOf<Operation extends OperationTypes> = Documented<Operation['responses']>;

type Documented<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends { content: { 'application/json': infer Json } }
    ? { readonly status: Status; readonly body: Json }
    : never;
}[keyof Responses];

type Params<Operation extends OperationTypes> = Readonly<NonNullable<Operation['parameters']['path']>>;

/** A parameter with a default is always there. */
type Query<Operation extends OperationTypes> = Readonly<Required<NonNullable<Operation['parameters']['query']>>>;

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
  return new PassedCall(parts);
}

/** A class, because V8 keeps every object literal that has a getter, and all it refers to, until a full collection. */
class PassedCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly #account: Account | undefined;
  readonly #workspace: WorkspaceWithAccount | undefined;

  constructor({ params, query, body, account, workspace }: Parameters<typeof callOf>[0]) {
    this.params = params;
    this.query = query;
    this.body = body;
    this.#account = account;
    this.#workspace = workspace;
  }

  get account(): Account {
    return present(this.#account, 'account');
  }

  get workspace(): WorkspaceWithAccount {
    return present(this.#workspace, 'workspace');
  }
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this operation has no ${what}, and its handler asks for it`);
  return value;
}
