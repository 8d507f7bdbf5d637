import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlLine } from './curl.ts';
import { createSecrets } from './secrets.ts';

const secrets = createSecrets();
secrets.add('rb_secret_key', 'STAGING_KEY');

/** What a shell makes of the line's words. */
function words(line: string): readonly string[] {
  const script = `${line.replace(/^curl /, `set -- `)}; printf '%s\\n--\\n' "$@"`;
  const output = execFileSync('/bin/sh', ['-c', script], { env: { STAGING_KEY: 'rb_secret_key' }, encoding: 'utf8' });
  return output.split('\n--\n').slice(0, -1);
}

describe('the replay line', () => {
  const request = {
    method: 'PUT',
    url: 'https://staging.example/api/v1/workspaces/ws-1/ai-config?x=1&y=2',
    headers: [
      ['authorization', 'Bearer rb_secret_key'],
      ['content-length', '17'],
    ],
    body: `{"model":"it's $HOME \`id\`\n"}`,
  } as const;

  it('shows no secret, but the variable that holds it', () => {
    const line = curlLine(request, secrets);
    expect(line).not.toContain('rb_secret_key');
    expect(line).toContain(`-H 'authorization: Bearer '"$STAGING_KEY"`);
  });

  it('means to a shell exactly the request that was sent', () => {
    expect(words(curlLine(request, secrets))).toEqual([
      '-sS',
      '-i',
      '-X',
      'PUT',
      request.url,
      '-H',
      'authorization: Bearer rb_secret_key',
      '--data-raw',
      request.body,
    ]);
  });

  it('has no body where the request had none', () => {
    const { body: _, ...bare } = request;
    expect(curlLine({ ...bare, body: undefined }, secrets)).not.toContain('--data');
  });
});
