import type { Session } from '../http/caller.ts';
import { NoAnswer } from '../http/errors.ts';
import { aiCall } from './ai-call.ts';
import { createCallers } from './callers.ts';
import type { Config, ProviderName } from './config.ts';
import { type Profile, profiles } from './profiles.ts';

export type Probe = 'offered' | 'absent' | 'unknown';

const SHAPES: Partial<Readonly<Record<Profile, ProviderName>>> = {
  'proxy-openai': 'openai',
  'proxy-anthropic': 'anthropic',
  'proxy-google': 'google',
};

/**
 * Looks whether routes of profiles that were not declared are there: a request without identity is refused where the
 * route exists (401) and unknown where it does not (404). It costs nothing and changes nothing.
 */
export async function probeProfiles(
  declared: readonly Profile[],
  config: Config,
  session: Session,
  runId: string,
): Promise<ReadonlyMap<Profile, Probe>> {
  const found = new Map<Profile, Probe>();
  if (config.proxy === undefined) return found;
  const proxy = createCallers(config, session, runId).proxy([]);
  for (const profile of profiles.filter((name) => !declared.includes(name))) {
    const shape = SHAPES[profile];
    if (shape === undefined && profile !== 'subjects') continue;
    found.set(
      profile,
      await probe(() => {
        if (shape === undefined) return proxy.get('/rig/v1/usage?subject=probe');
        const { path, body } = aiCall(shape, { model: 'probe', prompt: 'probe' });
        return proxy.post(path, body);
      }),
    );
  }
  return found;
}

async function probe(ask: () => Promise<{ readonly answer: { readonly status: number } }>): Promise<Probe> {
  try {
    const { answer } = await ask();
    if (answer.status === 401) return 'offered';
    return answer.status === 404 ? 'absent' : 'unknown';
  } catch (error) {
    if (error instanceof NoAnswer) return 'unknown';
    throw error;
  }
}
