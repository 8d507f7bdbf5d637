import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { controlPlaneDocument, managedProxyDocument } from '../generated/bundles.ts';
import { type EnvelopeName, errorBody, errorSchemaNames } from './error-envelopes.ts';
import { standaloneSchema } from './schema.ts';

const ENVELOPES: readonly EnvelopeName[] = ['control-plane', 'openai', 'anthropic', 'google'];

describe.each(ENVELOPES)('the envelope of %s', (envelope) => {
  const document = envelope === 'control-plane' ? controlPlaneDocument : managedProxyDocument;
  const schema = z.fromJSONSchema(standaloneSchema(document, errorSchemaNames[envelope]));

  it.each([400, 401, 402, 404, 405, 409, 413, 415, 429, 500, 502, 503, 504])(
    'is documented with status %i',
    (status) => {
      const content = { status, code: 'some_code', message: 'It went wrong.', requestId: 'req_1' };
      expect(schema.safeParse(errorBody(envelope, content)).error).toBeUndefined();
      const text = JSON.stringify(errorBody(envelope, { ...content, details: { limit: 'max_vms' } }));
      for (const part of ['some_code', 'It went wrong.', 'max_vms']) expect(text).toContain(part);
    },
  );
});
