import type { OpenApiDocument } from '../../../generated/bundles.ts';

/** What a reference leads to; everything else as it is. */
export function resolve(document: OpenApiDocument, given: object): object {
  if (!('$ref' in given) || typeof given.$ref !== 'string') return given;
  const [, , kind = '', name = ''] = given.$ref.split('/');
  const found = document.components[kind]?.[name];
  if (found === undefined) throw new Error(`${given.$ref} leads nowhere`);
  return resolve(document, found);
}
