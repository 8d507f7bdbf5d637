import type { getHttpOperationsFromSpec } from '@stoplight/prism-http';

/** One operation as Prism reads it from an OpenAPI document. Types only: `engine.ts` is where Prism is loaded. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];
export type PrismContent = NonNullable<PrismOperation['responses'][number]['contents']>[number];
