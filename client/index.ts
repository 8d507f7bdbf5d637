import createClient, {
  type Client,
  type ClientOptions as CreateOptions,
  type FetchOptions,
  type FetchResponse,
} from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths as ControlPlanePaths } from '../generated/control-plane.ts';
import type { paths as ManagedProxyPaths } from '../generated/managed-proxy.ts';

export type * as controlPlane from '../generated/control-plane.ts';
export type * as managedProxy from '../generated/managed-proxy.ts';

export type ControlPlaneClient = StrictClient<ControlPlanePaths>;
export type ProxyClient = Client<ManagedProxyPaths>;

export interface ClientOptions {
  /**
   * Control plane: with the base path, `https://platform.example/api/v1`. Proxy: the origin, `https://ai.platform.example`.
   */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`. Default: none; then only public operations succeed. */
  readonly apiKey?: string;
  /** Sent with every request, after the credential: an `authorization` here wins. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Used instead of the global `fetch`, for tests or for an agent of your own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the control plane, typed by the contract: paths, parameters, bodies, and every documented response.
 * An error response is not thrown: it is `error`, beside `data` and `response`.
 */
export function createControlPlaneClient(options: ClientOptions): ControlPlaneClient {
  // The same functions with narrower types; the compiler cannot follow the generic parameters.
  return createClient<ControlPlanePaths>(createOptions(options)) as ControlPlaneClient;
}

/**
 * A client of the managed AI proxy, typed by the contract. `apiKey` is a workspace key. For chat and streams the
 * providers' own SDKs are the better client; this one is for `GET /rig/v1/usage`, probes and tests.
 */
export function createProxyClient(options: ClientOptions): ProxyClient {
  return createClient<ManagedProxyPaths>(createOptions(options));
}

function createOptions({ baseUrl, apiKey, headers, fetch }: ClientOptions): CreateOptions {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }), ...headers },
    ...(fetch === undefined ? {} : { fetch }),
  };
}

/**
 * A client with closed request bodies, as the contract's are: a field that the contract does not have does not compile.
 * openapi-fetch infers the type of what it is given, and inferred objects may have more fields than asked for.
 */
type StrictClient<Paths extends object> = Omit<Client<Paths>, Uppercase<HttpMethod>> & {
  readonly [Method in HttpMethod as Uppercase<Method>]: StrictMethod<Paths, Method>;
};

type StrictMethod<Paths extends object, Method extends HttpMethod> = <Path extends PathsWithMethod<Paths, Method>>(
  path: Path,
  ...init: Init<Operation<Paths, Path, Method>>
) => Promise<FetchResponse<Operation<Paths, Path, Method>, object, 'application/json'>>;

type Init<Op> = RequiredKeysOf<FetchOptions<Op>> extends never ? [init?: FetchOptions<Op>] : [init: FetchOptions<Op>];

type Operation<Paths, Path extends keyof Paths, Method> = Method extends keyof Paths[Path]
  ? NonNullable<Paths[Path][Method]> & Record<string | number, unknown>
  : never;
