/** The proxy, and the key of the workspace that calls it. */
export interface ProxyEndpoint {
  /** The proxy's origin. */
  readonly proxy: string;
  /** The SDKs send it as their key. */
  readonly workspaceKey: string;
}

/**
 * The variables that point the official SDKs at the proxy. OpenAI and OpenRouter need `/v1` in the base URL,
 * Anthropic needs the origin, Gemini the prefix of its native routes. `GOOGLE_API_KEY` is set too, because it overrides
 * `GEMINI_API_KEY`.
 */
export function proxyVariables({ proxy, workspaceKey }: ProxyEndpoint): ReadonlyMap<string, string> {
  const origin = proxy.replace(/\/+$/, '');
  return new Map([
    ['OPENAI_BASE_URL', `${origin}/v1`],
    ['OPENAI_API_KEY', workspaceKey],
    ['OPENROUTER_BASE_URL', `${origin}/v1`],
    ['OPENROUTER_API_KEY', workspaceKey],
    ['ANTHROPIC_BASE_URL', origin],
    ['ANTHROPIC_API_KEY', workspaceKey],
    ['GOOGLE_GEMINI_BASE_URL', `${origin}/google`],
    ['GEMINI_API_KEY', workspaceKey],
    ['GOOGLE_API_KEY', workspaceKey],
  ]);
}

const quoted = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`;

/** Lines for `eval` in any POSIX shell. */
export function exportLines(variables: ReadonlyMap<string, string>): readonly string[] {
  return [...variables].map(([name, value]) => `export ${name}=${quoted(value)}`);
}

export function unsetLines(variables: ReadonlyMap<string, string>): readonly string[] {
  return [...variables.keys()].map((name) => `unset ${name}`);
}

/** `on` when every variable points at the proxy, `off` when none does, else `partly`. */
export function shellState(
  variables: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
): 'on' | 'off' | 'partly' {
  const set = [...variables].filter(([name, value]) => environment[name] === value).length;
  if (set === variables.size) return 'on';
  return set === 0 ? 'off' : 'partly';
}
