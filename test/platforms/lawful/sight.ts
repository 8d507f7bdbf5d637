import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ConformanceConfig } from '../../../conformance/index.ts';

/** A request of the funded account: one to the control plane, as the contract writes it, or a streamed chat completion. */
export type Ask = `${'GET' | 'POST' | 'DELETE'} /${string}` | 'stream';

/** What came back, as it stood on the wire: status line, headers, chunk by chunk. */
export async function look(config: ConformanceConfig, ask: Ask): Promise<string> {
  const { url, method, headers, body } = toRequest(config, ask);
  const { hostname, port, pathname, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const length = Buffer.byteLength(body);
  const lines = [`${method} ${pathname} HTTP/1.1`, `Host: ${host}`, `Content-Length: ${length}`, ...headers];
  // After the answer to a second request, the connection is closed: so the end of the first one's is known.
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const [, first = ''] = (await buffer(socket)).toString().split(/HTTP\/1\.1 (?=\d{3} )/);
  return first;
}

function toRequest({ controlPlane, proxy, accounts: { funded } }: ConformanceConfig, ask: Ask) {
  if (ask !== 'stream') {
    const [method, path] = ask.split(' ');
    const body = method === 'POST' ? JSON.stringify({ name: 'seen' }) : '';
    const headers = [`Authorization: Bearer ${funded.apiKey}`, 'Content-Type: application/json'];
    return { url: `${controlPlane.baseUrl}${path}`, method, headers, body };
  }
  const identity = Object.entries(funded.proxyHeaders ?? {}).map(([name, value]) => `${name}: ${value}`);
  const messages = [{ role: 'user', content: 'Tell me of the sea.' }];
  const body = JSON.stringify({ model: 'gpt-4o-mini', stream: true, messages });
  const headers = [...identity, 'Content-Type: application/json'];
  return { url: `${proxy?.baseUrl}/v1/chat/completions`, method: 'POST', headers, body };
}
