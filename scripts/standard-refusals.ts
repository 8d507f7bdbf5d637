import { basename, dirname, join, relative } from 'node:path';

/** An operation as its file writes it: references are not followed. */
interface Operation {
  parameters?: readonly { readonly $ref?: string }[];
  readonly requestBody?: object;
  readonly security?: readonly object[];
  responses?: Record<string, object>;
  /** The API whose error envelope the proxy answers in; `any`: the headers decide. Only in the managed proxy's document. */
  'x-envelope'?: keyof typeof ENVELOPES;
  /** Whether the proxy forwards the call to a provider, and whether that costs money. Absent: it answers by itself. */
  'x-forwards'?: 'metered' | 'free';
  'x-families'?: readonly string[];
}

interface Facts {
  readonly hasBody: boolean;
  readonly hasPathId: boolean;
  readonly isPublic: boolean;
  readonly forwards: Operation['x-forwards'];
  readonly isPaged: boolean;
}

/** The name of a response by status, and the operations that answer it. An operation's own response wins. */
const STANDARD: readonly (readonly [status: string, name: string, applies: (facts: Facts) => boolean])[] = [
  ['400', 'BadPage', ({ isPaged }) => isPaged],
  ['400', 'BadQuery', ({ hasBody, isPaged }) => !hasBody && !isPaged],
  ['400', 'BadBody', ({ hasBody }) => hasBody],
  ['401', 'Unauthorized', ({ isPublic }) => !isPublic],
  ['404', 'NotFound', ({ hasPathId }) => hasPathId],
  ['405', 'MethodNotAllowed', () => true],
  ['413', 'PayloadTooLarge', ({ hasBody }) => hasBody],
  ['415', 'UnsupportedMediaType', ({ hasBody }) => hasBody],
  ['429', 'RateLimited', () => true],
  ['500', 'InternalError', () => true],
];

/** The same for the managed proxy, where a provider is behind most operations. */
const OF_PROXY: typeof STANDARD = [
  ['400', 'BadRequest', () => true],
  ['401', 'Unauthorized', () => true],
  ['402', 'PaymentRequired', ({ forwards }) => forwards === 'metered'],
  ['404', 'NotFound', ({ hasBody }) => hasBody],
  ['405', 'MethodNotAllowed', () => true],
  ['408', 'RequestTimeout', ({ hasBody }) => hasBody],
  ['409', 'DuplicateRequest', ({ forwards }) => forwards === 'metered'],
  ['413', 'PayloadTooLarge', ({ hasBody }) => hasBody],
  ['415', 'UnsupportedMediaType', ({ hasBody }) => hasBody],
  ['426', 'UpgradeRequired', () => true],
  ['429', 'RateLimited', () => true],
  ['500', 'InternalError', () => true],
  ['502', 'BadProvider', ({ forwards }) => forwards !== undefined],
  ['503', 'Unavailable', () => true],
  ['504', 'ProviderTimeout', ({ forwards }) => forwards !== undefined],
];

const ENVELOPES = { openai: 'OpenAi', anthropic: 'Anthropic', gemini: 'Gemini', any: 'Any' } as const;

interface Place {
  /** The file that the operation stands in. */
  readonly file: string;
  /** The document's `openapi.yaml`. */
  readonly root: string;
  readonly path: string;
}

/**
 * Adds to an operation the refusals that every operation of its kind has, as references into the `responses/` of its
 * document, so that a path file writes only what is its own: 402, 409, a 400 with examples of its own. A list that pages
 * gets its parameters too.
 */
export function addStandardRefusals(operation: Operation, { file, root, path }: Place): void {
  const facts: Facts = {
    hasBody: operation.requestBody !== undefined,
    hasPathId: /\{(\w+_)?id\}/.test(path),
    isPublic: operation.security?.length === 0,
    forwards: operation['x-forwards'],
    isPaged: operation['x-families']?.includes('paged-list') ?? false,
  };
  if (facts.isPaged) {
    const query = relative(dirname(file), join(dirname(root), 'parameters/query.yaml'));
    const paging = ['MaxResults', 'Cursor'].map((name) => ({ $ref: `${query}#/${name}` }));
    operation.parameters = [...(operation.parameters ?? []), ...paging];
  }
  const envelope = operation['x-envelope'];
  const own = { ...operation.responses };
  for (const [status, name, applies] of envelope === undefined ? STANDARD : OF_PROXY) {
    if (!applies(facts) || status in own) continue;
    const target = envelope === undefined ? findResponse(root, name) : findOfProxy(root, envelope, name);
    own[status] = { $ref: `${relative(dirname(file), target.file)}#/${target.name}` };
  }
  operation.responses = own;
}

/** The sandbox's own document answers the refusals of the control plane. */
function findResponse(root: string, name: string): { file: string; name: string } {
  const folder = dirname(root);
  if (basename(folder) !== 'sandbox') return { file: join(folder, 'responses/errors.yaml'), name };
  if (name === 'BadQuery' || name === 'BadBody')
    return { file: join(folder, 'responses/errors.yaml'), name: 'BadRequest' };
  return { file: join(folder, '../control-plane/responses/errors.yaml'), name };
}

function findOfProxy(root: string, envelope: keyof typeof ENVELOPES, name: string): { file: string; name: string } {
  const file = join(dirname(root), `responses/${envelope}-errors.yaml`);
  return { file, name: `${ENVELOPES[envelope]}${name}` };
}
