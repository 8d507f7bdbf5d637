/**
 * A file of its own, because the types of `rigkit/mocks` name it: they must hold where Prism, which is optional, is not
 * installed.
 */
import type { ChaosOptions } from '../responses/chaos.ts';
import type { MockRequest } from '../responses/choose.ts';
import type { Preference } from '../responses/preferences.ts';

export type ApiName = 'control-plane' | 'managed-proxy';

/** OpenAPI documents by the API they describe. */
export type Documents = Readonly<Partial<Record<ApiName, object>>>;

/** What a mock is made from. */
export interface MockSource {
  readonly documents: Documents;
  readonly scenarios: MockRequest['scenarios'];
}

export interface MockBehaviour {
  /** What holds where a request prefers nothing else. */
  readonly defaults?: Preference | undefined;
  /** Fails some requests with one of their documented errors. */
  readonly chaos?: ChaosOptions | undefined;
}
