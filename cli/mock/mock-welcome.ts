import { scenarioNames } from '../../generated/scenarios.ts';
import type { Mock } from '../../mocks/index.ts';
import type { MockFlags } from './mock-settings.ts';

/** What `rigkit mock` prints when it is ready: every way to ask for an answer, to paste. */
export function mockWelcome({ controlPlaneUrl, proxyUrl }: Mock, { chaos, scenario, watch }: MockFlags): string {
  const get = (path: string, prefer?: string) =>
    `  curl -s ${quoted(controlPlaneUrl + path)} -H 'Authorization: Bearer rb_any'${prefer ? ` -H 'Prefer: ${prefer}'` : ''}`;
  const stream = `  curl -sN ${proxyUrl}/v1/chat/completions -H 'Authorization: Bearer any' -H 'Content-Type: application/json' \\
    -H 'Prefer: first-token=800, rate=5, cut-after=3' \\
    -d '{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}'`;
  const lines = [
    `ready: control plane ${controlPlaneUrl}, proxy ${proxyUrl}`,
    '',
    'A state of the account, with all operations in agreement:',
    get('/users/me/credits', 'scenario=almost-out'),
    `  (${scenarioNames.join(', ')})`,
    'A status or an example of the contract; without a header; an error that the contract does not know:',
    get('/users/me/credits', 'code=429'),
    get('/users/me/credits?__code=401&__example=duplicate-credentials'),
    get('/workspaces', 'code=503'),
    'A slow answer, and a slow stream that breaks off:',
    get('/workspaces', 'delay=1500'),
    stream,
    ...(scenario === undefined ? [] : ['', `Scenario: ${scenario}, where a request names no other.`]),
    ...(chaos === undefined
      ? []
      : ['', `Chaos: ${chaos.likelihood}; to replay it: --chaos ${chaos.likelihood} --seed ${chaos.seed}`]),
    ...(watch ? ['', 'Watching spec/.'] : []),
  ];
  return lines.join('\n');
}

function quoted(url: string): string {
  return url.includes('?') ? `'${url}'` : url;
}
