import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Header in which a request id is accepted, and always answered. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/** Short and of harmless characters: it goes into a header and into the log. */
const SANE = /^[\w.:-]{1,128}$/;

/** The caller's own id where it is sane, so that one id follows a call through several services; else a new one. */
export function requestIdOf(request: IncomingMessage, newId: () => string = randomUUID): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : newId();
}
