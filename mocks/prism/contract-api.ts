/** The API an operation belongs to. */
export type Api = 'control-plane' | 'managed-proxy';

/** OpenAPI documents by the API they describe. */
export type Documents = Readonly<Partial<Record<Api, object>>>;
