import type { operations } from '../../generated/control-plane.ts';
import type { pathIds } from '../../generated/resources.ts';
import type { Contract, HandlerFor, HandlersFor, OperationResponse, RequestFor } from '../http/handlers.ts';
import type { Account } from './accounts/sql.ts';
import type { Found } from './data.ts';

/** The control plane's contract with the types of this server. */
interface ControlPlane extends Contract {
  readonly operations: operations;
  readonly pathIds: typeof pathIds;
  readonly found: Found;
  readonly account: Account;
}

/** The operations of the control plane's contract, by `operationId`. */
export type OperationId = keyof operations;

/** A handler for every operation: leaving one out does not compile. */
export type Handlers = HandlersFor<ControlPlane>;
export type Handler<Id extends OperationId> = HandlerFor<ControlPlane, Id>;
export type ApiRequest<Id extends OperationId> = RequestFor<ControlPlane, Id>;
export type ResponseFor<Id extends OperationId> = OperationResponse<operations[Id]>;
