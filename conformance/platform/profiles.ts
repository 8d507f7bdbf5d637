import type { Profile } from '../../generated/requirements.ts';
import { type Config, ConfigError, profiles } from './config.ts';

export { type Profile, profiles };

/**
 * What the run holds the platform to: the command line's choice, else the configuration's, else what the configuration
 * has an address for. A proxy that is configured is thereby declared: what else its checks need and miss is unverified.
 */
export function declaredProfiles(config: Config, chosen: readonly string[] = []): readonly Profile[] {
  if (chosen.length > 0) return chosen.map(readProfile);
  if (config.profiles !== undefined) return config.profiles;
  return config.proxy === undefined ? ['control-plane'] : profiles;
}

function readProfile(name: string): Profile {
  const found = profiles.find((profile) => profile === name);
  if (found !== undefined) return found;
  throw new ConfigError(`no profile is called ${name}`, `the profiles are ${profiles.join(', ')}`);
}
