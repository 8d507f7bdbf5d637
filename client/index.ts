import createClient, { type Client, type ClientOptions as FetchOptions } from 'openapi-fetch';
import type { paths as ControlPlanePaths } from '../generated/control-plane.ts';
import type { paths as ManagedProxyPaths } from '../generated/managed-proxy.ts';
import type { StrictClient } from './strict-client.ts';

export type * as controlPlane from '../generated/control-plane.ts';
export type * as managedProxy from '../generated/managed-proxy.ts';

export type ControlPlaneClient = StrictClient<ControlPlanePaths>;
export type ProxyClient = Client<ManagedProxyPaths>;

export interface ClientOptions {
  /**
   * Control plane: with the base path, `https://platform.example/api/v1`. Proxy: the origin, `https://ai.platform.example`.
   */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`. Left out, only public operations answer. */
  readonly apiKey?: string;
  /** Sent with every request, after the credential: an `authorization` here wins. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of the global `fetch`, for tests or an agent of one's own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the control plane, typed by the contract: paths, parameters, bodies, and every documented answer.
 * A refusal is not thrown: it is `error`, beside `data` and `response`.
 */
export function createControlPlaneClient(options: ClientOptions): ControlPlaneClient {
  // The same functions, asked for less: the compiler cannot see through the generic parameters.
  return createClient<ControlPlanePaths>(fetchOptions(options)) as ControlPlaneClient;
}

/**
 * A client of the managed AI proxy, typed by the contract. `apiKey` is a workspace key. For chat and streams the
 * providers' own SDKs are the better client; this one is for `GET /rig/v1/usage`, probes and tests.
 */
export function createProxyClient(options: ClientOptions): ProxyClient {
  return createClient<ManagedProxyPaths>(fetchOptions(options));
}

function fetchOptions({ baseUrl, apiKey, headers, fetch }: ClientOptions): FetchOptions {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }), ...headers },
    ...(fetch === undefined ? {} : { fetch }),
  };
}
