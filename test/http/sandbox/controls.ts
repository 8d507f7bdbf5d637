import createClient from 'openapi-fetch';
import type { SandboxDescription } from '../../../cli/sandbox-file.ts';
import type { paths } from '../../../generated/sandbox.ts';

/** A client of the sandbox controls. */
export function controlsClient({ controls: baseUrl }: SandboxDescription) {
  if (baseUrl == null) throw new Error('this sandbox serves no controls');
  return createClient<paths>({ baseUrl });
}

/** The body of a success; throws for any other answer, with its body. */
export async function ok<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  if (data === undefined) throw new Error(`${response.status} ${JSON.stringify(error)}`);
  return data;
}
