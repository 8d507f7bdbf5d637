import { expect, test } from 'vitest';
import {
  controlPlane,
  everyOperation,
  listResponses,
  type MediaCase,
  managedProxy,
  pickNames,
  resolve,
} from './walk.ts';

const isError = ({ status }: MediaCase) => status !== undefined && status >= '400';
const errorsOfControlPlane = controlPlane.flatMap(listResponses).filter(isError);
const errorsOfProxy = managedProxy.flatMap(listResponses).filter(isError);

test('every error of the control plane has its envelope', () => {
  const strays = errorsOfControlPlane.filter(({ media }) => !isSchema(media.schema, 'ApiErrorBody'));
  expect(pickNames(strays)).toEqual([]);
});

test('every error of the proxy has the envelope of the API that was called', () => {
  const strays = errorsOfProxy.filter(({ name, media }) => !isSchema(media.schema, findEnvelope(name)));
  expect(pickNames(strays)).toEqual([]);
});

function isSchema(schema: unknown, name: string): boolean {
  return (schema as { $ref?: string }).$ref === `#/components/schemas/${name}`;
}

function findEnvelope(name: string): string {
  if (name.includes(' /v1/models ')) return 'AnyErrorBody';
  if (name.includes(' /google/')) return 'GeminiErrorBody';
  return name.includes('/v1/messages') || name.includes(' /anthropic/') ? 'AnthropicErrorBody' : 'OpenAiErrorBody';
}

test('examples of errors show only codes that the contract lists', () => {
  const strays = [...errorsOfControlPlane, ...errorsOfProxy].flatMap((answer) => {
    const listed = codesListed(answer.document);
    return codesShown(answer)
      .filter((code) => !listed.includes(code))
      .map((code) => `${answer.name}: ${code}`);
  });
  expect(strays).toEqual([]);
});

/** The codes in the description of the envelope: "`not_found` (404)", or several before one status. */
function codesListed(document: MediaCase['document']): string[] {
  const { ApiErrorDetail, OpenAiErrorBody } = document.components.schemas ?? {};
  const list = JSON.stringify(ApiErrorDetail ?? OpenAiErrorBody);
  return [...list.matchAll(/`([a-z_]+)`(?=, `| \()/g)].map(([, code]) => code ?? '');
}

/** OpenAI's envelope, Anthropic's and ours have the code in `error`; Google's has it as the reason of a detail. */
function codesShown({ document, media }: MediaCase): string[] {
  return Object.values(media.examples as object).map((example) => {
    const { error } = resolve(document, example).value as { error: { code: unknown; details?: [{ reason: string }] } };
    return typeof error.code === 'string' ? error.code : (error.details?.[0].reason ?? 'no code');
  });
}

test('every operation declares 405 with Allow and 429 with Retry-After', () => {
  const strays = everyOperation.filter((operation) => {
    const headers = new Map(listResponses(operation).map(({ status, headers }) => [status, Object.keys(headers)]));
    return !headers.get('405')?.includes('Allow') || !headers.get('429')?.includes('Retry-After');
  });
  expect(pickNames(strays)).toEqual([]);
});

test('every operation declares 401, but those that need no credential', () => {
  const strays = everyOperation.filter(({ operation }) => {
    const isPublic = (operation.security as readonly object[] | undefined)?.length === 0;
    return '401' in (operation.responses as object) === isPublic;
  });
  expect(pickNames(strays)).toEqual([]);
});

test('every operation of the control plane with an id in its path declares 404', () => {
  const strays = controlPlane
    .filter(({ name }) => name.includes('{'))
    .filter(({ operation }) => !('404' in (operation.responses as object)));
  expect(pickNames(strays)).toEqual([]);
});

test('every operation that takes a body declares 400, 413 and 415', () => {
  const strays = everyOperation
    .filter(({ operation }) => operation.requestBody !== undefined)
    .filter(({ operation }) => ['400', '413', '415'].some((status) => !(status in (operation.responses as object))));
  expect(pickNames(strays)).toEqual([]);
});
