import type { ServerResponse } from 'node:http';

/**
 * Sends the one and only kind of body there is. Answers are about one caller at one moment, so nobody may store them.
 * For HEAD, Node leaves the body out and keeps its headers.
 */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  response.end(text);
}
