import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exportLines, proxyVariables, shellState, unsetLines } from './shell-activation.ts';

const variables = proxyVariables({ proxy: 'http://127.0.0.1:9090/', workspaceKey: "it's $HOME" });

describe('shell activation', () => {
  it('exports what a shell reads back unchanged, quotes and dollars included', () => {
    const script = `${exportLines(variables).join('\n')}\nprintf %s "$OPENAI_API_KEY|$OPENAI_BASE_URL|$ANTHROPIC_BASE_URL"`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
      "it's $HOME|http://127.0.0.1:9090/v1|http://127.0.0.1:9090",
    );
  });

  it('unsets exactly what it exported', () => {
    const names = exportLines(variables).map((line) => /^export (\w+)=/.exec(line)?.[1]);
    expect(unsetLines(variables)).toEqual(names.map((name) => `unset ${name}`));
  });

  it.each([
    ['on', Object.fromEntries(variables)],
    ['off', { OPENAI_API_KEY: 'somebody else' }],
    ['partly', { GEMINI_API_KEY: "it's $HOME" }],
  ])('calls the shell %s when its variables say so', (state, environment) => {
    expect(shellState(variables, environment)).toBe(state);
  });
});
