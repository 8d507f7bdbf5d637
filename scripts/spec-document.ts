export type Json = Readonly<Record<string, unknown>>;

/** An operation and where it stands. */
export interface FoundOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Json;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
/** Every operation of a bundled document, in its order. */
export function everyOperation(document: object): FoundOperation[] {
  const { paths } = document as { paths: Readonly<Record<string, Readonly<Record<string, Json>>>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        operationId: String(operation.operationId),
        method: method.toUpperCase(),
        path,
        operation,
      })),
  );
}

export function findOperation(document: object, operationId: string): FoundOperation | undefined {
  return everyOperation(document).find((one) => one.operationId === operationId);
}

export function parameters(document: object, { parameters = [] }: Json): readonly Json[] {
  return (parameters as readonly Json[]).map((one) => resolve(document, one));
}

function requestMedia(document: object, { requestBody = {} }: Json): Json {
  const { content = {} } = resolve(document, requestBody as Json) as { content?: Readonly<Record<string, Json>> };
  return content['application/json'] ?? {};
}

export function requestSchema(document: object, operation: Json): Json | undefined {
  return requestMedia(document, operation).schema as Json | undefined;
}

/** The value of a named example of the request's body; undefined where there is none of that name. */
export function requestExample(document: object, operation: Json, name: string): unknown {
  const { examples = {} } = requestMedia(document, operation) as { examples?: Readonly<Record<string, Json>> };
  const example = examples[name];
  return example === undefined ? undefined : resolve(document, example).value;
}

/** The schema of the first successful answer. */
export function answerSchema(document: object, operation: Json): Json | undefined {
  const responses = operation.responses as Readonly<Record<string, Json>>;
  const [status = ''] = Object.keys(responses).filter((code) => code.startsWith('2'));
  const { content = {} } = resolve(document, responses[status] ?? {}) as { content?: Readonly<Record<string, Json>> };
  return content['application/json']?.schema as Json | undefined;
}

/** The schema of the property at a pointer such as `/vm/id`. */
export function findProperty(document: object, schema: Json | undefined, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((at, name) => {
      const properties =
        at === undefined ? undefined : (resolve(document, at).properties as Readonly<Record<string, Json>>);
      return properties?.[name] === undefined ? undefined : resolve(document, properties[name]);
    }, schema);
}

/** The node, or what its `$ref` leads to. */
export function resolve(document: object, node: Json | undefined): Json {
  const { $ref } = node ?? {};
  if (typeof $ref !== 'string') return node ?? {};
  const names = $ref.slice('#/'.length).split('/');
  return resolve(document, names.reduce<unknown>((at, name) => (at as Json)[name], document) as Json);
}
