import type { Client, FetchOptions, FetchResponse } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';

/**
 * A client whose request bodies are closed, as the contract's are: a field that the contract does not have does not compile.
 * openapi-fetch infers the type of what it is given, and inferred objects may have more fields than asked for.
 */
export type StrictClient<Paths extends object> = Omit<Client<Paths>, Uppercase<HttpMethod>> & {
  readonly [Method in HttpMethod as Uppercase<Method>]: StrictMethod<Paths, Method>;
};

type StrictMethod<Paths extends object, Method extends HttpMethod> = <Path extends PathsWithMethod<Paths, Method>>(
  path: Path,
  ...init: InitOf<OperationOf<Paths, Path, Method>>
) => Promise<FetchResponse<OperationOf<Paths, Path, Method>, object, 'application/json'>>;

type InitOf<Operation> =
  RequiredKeysOf<FetchOptions<Operation>> extends never
    ? [init?: FetchOptions<Operation>]
    : [init: FetchOptions<Operation>];

type OperationOf<Paths, Path extends keyof Paths, Method> = Method extends keyof Paths[Path]
  ? NonNullable<Paths[Path][Method]> & Record<string | number, unknown>
  : never;
