import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../http/secrets.ts';
import { curlLine, EXAMINED_CHARACTERS, toEvidence } from './evidence.ts';

const KEY = 'sk-canary-0123456789';
const secrets = createSecrets();
secrets.add(KEY, 'CANARY');

function call(text: string, body?: string) {
  return {
    request: { method: 'POST', url: `https://x/v1?key=${KEY}`, headers: [['x-api-key', KEY]] as const, body },
    response: { status: 200, headers: [['x-echo', KEY]] as const, text, durationMs: 1.6 },
  };
}

const event = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('the evidence in a report', () => {
  it('hides secrets in URL, headers and bodies of both sides', () => {
    const evidence = toEvidence(call(`{"said":"${KEY}"}`, `{"api_key":"${KEY}"}`), secrets);
    expect(JSON.stringify(evidence)).not.toContain(KEY);
    expect(evidence.response?.headers).toEqual([['x-echo', '[redacted CANARY]']]);
    expect(evidence.response?.body).toBe('{"said":"[redacted CANARY]"}');
    expect(evidence.request.body).toBe('{"api_key":"[redacted CANARY]"}');
  });

  it('withholds a stream that spells a secret over several events', () => {
    const stream = [KEY.slice(0, 5), KEY.slice(5, 9), KEY.slice(9)].map(event).join('');
    expect(toEvidence(call(stream), secrets).response?.body).toBe(
      '[redacted: the events of this stream spell out a secret]',
    );
  });

  it('withholds such a stream although a secret stands in one piece elsewhere in it', () => {
    const stream = `${event(KEY.slice(0, 9))}${event(KEY.slice(9))}: ${KEY}\n\n`;
    expect(toEvidence(call(stream), secrets).response?.body).not.toContain(KEY.slice(9));
  });

  it('shows a stream without secrets as it is', () => {
    const stream = `${event('Hel')}${event('lo')}data: [DONE]\n\n`;
    expect(toEvidence(call(stream), secrets).response?.body).toBe(stream);
  });

  it('shortens long bodies after hiding, never through a secret', () => {
    const body = toEvidence(call(`${'x'.repeat(3_990)}${KEY}${'y'.repeat(9_000)}`), secrets).response?.body ?? '';
    expect(body.length).toBeLessThan(4_100);
    expect(body).not.toContain(KEY.slice(0, 8));
  });

  it('says that no response came', () => {
    expect(toEvidence({ ...call(''), response: undefined }, secrets).response).toBeNull();
  });

  it('hides a secret that a document writes in escapes, in values and keys', () => {
    const escaped = Array.from(KEY, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    for (const [before, after] of [
      ['{"said":"', '"}'],
      ['{"', '":1}'],
      ['[[{"a":["x ', ' y"]}]]'],
    ]) {
      const body = toEvidence(call(`${before}${escaped}${after}`), secrets).response?.body;
      expect(body).toBe(`${before}[redacted CANARY]${after}`);
    }
  });

  it('shows no part of a secret that stands where the search of a long body ends', () => {
    for (let at = EXAMINED_CHARACTERS - KEY.length; at <= EXAMINED_CHARACTERS; at += 1) {
      // So many secrets before it that all of what was searched would be short enough to be shown.
      const text =
        `${`${KEY} `.repeat(2_000)}`
          .slice(0, at)
          .replace(/ [^ ]*$/, '')
          .padEnd(at) + KEY;
      const body = toEvidence(call(`${text}${'y'.repeat(9_000)}`), secrets).response?.body ?? '';
      expect(body).not.toContain(KEY.slice(0, 5));
    }
  });

  it('hides a secret that was made the name of a header', () => {
    const mixed = 'sk-Canary-With-Capitals';
    secrets.add(mixed, 'MIXED');
    const response = { status: 200, headers: [[mixed.toLowerCase(), 'x']] as const, text: '', durationMs: 1 };
    const evidence = toEvidence({ ...call(''), response }, secrets);
    expect(evidence.response?.headers).toEqual([['[redacted MIXED]', 'x']]);
  });

  it('shows a document that is nested deeper than a stack', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(toEvidence(call(deep), secrets).response?.body).toContain('(over 32768 characters)');
    expect(toEvidence(call(`data: ${deep}\n\n`), secrets).response?.body).toContain('characters)');
  });
});

const stagingSecrets = createSecrets();
stagingSecrets.add('rb_secret_key', 'STAGING_KEY');

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
    const line = curlLine(request, stagingSecrets);
    expect(line).not.toContain('rb_secret_key');
    expect(line).toContain(`-H 'authorization: Bearer '"$STAGING_KEY"`);
  });

  it('means to a shell exactly the request that was sent', () => {
    expect(words(curlLine(request, stagingSecrets))).toEqual([
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
    expect(curlLine({ ...bare, body: undefined }, stagingSecrets)).not.toContain('--data');
  });
});
