import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Recorder } from './recorder.ts';
import { parseRule, ScriptError, type ScriptQueue } from './script.ts';
import { readBody } from './serve-call.ts';

/** The paths of the control API; no provider has them. */
export const CONTROL_PREFIX = '/_stub/';

interface Controlled {
  readonly recorder: Recorder;
  readonly scripts: ScriptQueue;
}

interface ControlResponse {
  readonly status: number;
  readonly body?: unknown;
}

/**
 * Scripts and records over HTTP, for callers in other processes:
 *
 * | request | response |
 * | --- | --- |
 * | `GET /_stub/calls` | 200 `{calls: RecordedCall[]}`, oldest first |
 * | `DELETE /_stub/calls` | 204, the calls are forgotten |
 * | `GET /_stub/scripts` | 200 `{scripts: ScriptRule[]}`, what is still waiting |
 * | `POST /_stub/scripts` | a `ScriptRule`, or a list of them that is taken whole or not at all: 201 `{queued}`; 400 `invalid_script` with `details` |
 * | `DELETE /_stub/scripts` | 204, no script is waiting any more |
 *
 * It asks for no credential: the stub is for loopback and test networks.
 */
export async function serveControl(
  stub: Controlled,
  request: IncomingMessage,
  pathname: string,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const { status, body: responseBody } = control(stub, `${request.method} ${pathname}`, body.text);
  if (responseBody === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(responseBody));
}

function control({ recorder, scripts }: Controlled, route: string, bodyText: string): ControlResponse {
  switch (route) {
    case 'GET /_stub/calls':
      return { status: 200, body: { calls: recorder.calls } };
    case 'DELETE /_stub/calls':
      recorder.clear();
      return { status: 204 };
    case 'GET /_stub/scripts':
      return { status: 200, body: { scripts: scripts.pending() } };
    case 'POST /_stub/scripts':
      return queue(scripts, bodyText);
    case 'DELETE /_stub/scripts':
      scripts.clear();
      return { status: 204 };
    default:
      return problem(404, 'not_found', `The control API has no ${route}.`);
  }
}

function queue(scripts: ScriptQueue, bodyText: string): ControlResponse {
  let sent: unknown;
  try {
    sent = JSON.parse(bodyText);
  } catch {
    return problem(400, 'malformed_json', 'The request body is not valid JSON.');
  }
  const rules: unknown[] = Array.isArray(sent) ? sent : [sent];
  try {
    for (const rule of rules) parseRule(rule);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return problem(400, 'invalid_script', error.message, error.problems);
  }
  for (const rule of rules) scripts.add(rule);
  return { status: 201, body: { queued: rules.length } };
}

function problem(status: number, code: string, message: string, details?: unknown): ControlResponse {
  return { status, body: { error: { code, message, ...(details !== undefined && { details }) } } };
}
