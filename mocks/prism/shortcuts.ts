import type { IncomingHttpHeaders } from 'node:http';
import type { PrismOperation } from './prism-operation.ts';

/** Cases in which Prism's judgement is known without the work of asking for it. */

/** Whether one of the schemes that the operation accepts is satisfied by a header alone: Prism would have no objection. */
export function showsCredential({ security = [] }: PrismOperation, headers: IncomingHttpHeaders): boolean {
  if (security.length === 0) return true;
  return security.some((together) =>
    together.every((scheme) => {
      if (scheme.type === 'apiKey') return scheme.in === 'header' && Boolean(headers[scheme.name.toLowerCase()]);
      return scheme.type === 'http' && scheme.scheme === 'bearer' && /^Bearer\s\S/.test(headers.authorization ?? '');
    }),
  );
}

/** Whether the operation declares nothing that a request could break: no body, and parameters that are any text. */
export function takesAnyInput({ request }: PrismOperation): boolean {
  if (request === undefined) return true;
  const { body, query = [], headers = [], cookie = [], path = [] } = request;
  const isAnyText = path.every(({ schema }) => schema?.type === 'string' && Object.keys(schema).every(isAnnotation));
  return body === undefined && query.length + headers.length + cookie.length === 0 && isAnyText;
}

/** Members of a schema that forbid nothing, once its type is known. */
function isAnnotation(keyword: string): boolean {
  return ['type', 'description', 'example', 'examples', '$schema'].includes(keyword) || keyword.startsWith('x-');
}
