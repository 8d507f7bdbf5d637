import { join } from 'node:path';
import { type DemoAccount, type SandboxDescription, sandboxFile } from '../sandbox-file.ts';

/** The command as it can be typed here: in a checkout there is no installed one. */
const rigkit = import.meta.url.endsWith('.ts') ? 'npm run -s rigkit --' : 'npx rigkit';

/** What the sandbox prints when it is ready: where it listens, who can call, and what to paste next. */
export function welcome(
  { control_plane, proxy, stub, controls, operator, accounts }: SandboxDescription,
  dataDir: string,
): string {
  const origin = new URL(control_plane).origin;
  const dashboardUrl = ({ api_key }: DemoAccount) => `${origin}/#api_key=${api_key}`;
  return `
  rigkit sandbox

  control plane   ${control_plane}
  AI proxy        ${proxy}
  docs            ${origin}/docs/
  dashboard       ${dashboardUrl(accounts.funded)}
                  ${dashboardUrl(accounts.exhausted)}
                  ${dashboardUrl(accounts.other)}
  stub providers  ${stub ?? 'none: every provider has a real key'}
  controls        ${controls ?? 'none: not on a loopback address; --open-controls serves them nevertheless'}
  metrics         ${operator === undefined ? 'none: give --operator-port' : `${operator}/metrics`}

  account    credits left  workspace    api key, workspace key
  funded     2,000 (pro)   ${accounts.funded.workspace_id}  ${accounts.funded.api_key}
                                        ${accounts.funded.workspace_key}
  exhausted  0 (free)      ${accounts.exhausted.workspace_id}  ${accounts.exhausted.api_key}
                                        ${accounts.exhausted.workspace_key}
  other      250 (free)    ${accounts.other.workspace_id}  ${accounts.other.api_key}
                                        ${accounts.other.workspace_key}
  (all of it stands in ${sandboxFile(dataDir)})

  Paste into another terminal:

    curl ${control_plane}/users/me/credits -H 'Authorization: Bearer ${accounts.funded.api_key}'

    curl ${proxy}/v1/chat/completions -H 'Authorization: Bearer ${accounts.funded.workspace_key}' \\
      -H 'Content-Type: application/json' \\
      -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}'

    ${rigkit} conformance --config ${join(dataDir, 'conformance.json')}

ready: control plane ${control_plane}, proxy ${proxy} (Ctrl-C stops)`;
}
