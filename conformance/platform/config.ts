import { z } from 'zod';
import type { Profile } from '../../generated/requirements.ts';
import { createSecrets, type Secrets } from '../http/secrets.ts';

/**
 * What a platform team supplies. Only the control plane and the funded account's key are required: what else is missing
 * makes the requirements that need it unverified, by name. Unknown keys are refused: a typo must not switch checks off.
 */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
  .refine((value) => !/[?#]/.test(value), 'expected a URL without query or fragment')
  .refine((value) => !URL.parse(value)?.username, 'expected a URL without credentials')
  .transform((value) => value.replace(/\/+$/, ''));

const key = z
  .string('expected a key')
  .min(1, 'expected a key: leave the field out where there is none')
  .regex(/^[\x21-\x7e]*$/, 'expected a key without spaces or control characters');

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected the name of a header');
const headerValue = z
  .string('expected a header value')
  .min(1, 'expected a header value: leave the header out where there is none')
  .regex(/^[\x20-\x7e]*$/, 'expected a header value without control characters');

const account = z.strictObject({
  /** Of the control plane, `rb_...`. */
  apiKey: key.optional(),
  /** A workspace of the account that the suite may call the proxy as. Its AI configuration is never changed. */
  workspaceId: z.string().min(1, 'expected a workspace id').optional(),
  /** What makes a request to the proxy come from that workspace, such as `Authorization` with its workspace key. */
  proxyHeaders: z.record(headerName, headerValue).optional(),
});

const rate = z.number('expected USD per million tokens').nonnegative('expected USD per million tokens');
const tokens = z.int('expected a number of tokens').positive('expected a number of tokens');

const price = z.strictObject({
  provider: z.enum(['openai', 'anthropic', 'google']),
  input: rate,
  cached_input: rate.optional(),
  cache_write_5m: rate.optional(),
  cache_write_1h: rate.optional(),
  output: rate,
  context: tokens.optional(),
  max_output: tokens.optional(),
});

const listen = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s/]+):\d{1,5}$/, 'expected HOST:PORT, such as 127.0.0.1:9555')
  .refine((value) => Number(value.slice(value.lastIndexOf(':') + 1)) <= 65_535, 'expected a port up to 65535');

const profile = z.enum([
  'control-plane',
  'byok',
  'proxy-openai',
  'proxy-anthropic',
  'proxy-google',
  'subjects',
] as const satisfies readonly Profile[]);

/** What a platform can declare that it offers, in the order of the report. */
export const profiles: readonly Profile[] = profile.options;

/** The whole configuration; what each key is for stands beside it. */
export const configSchema = z.strictObject({
  controlPlane: z.strictObject({ baseUrl }),
  proxy: z.strictObject({ baseUrl }).optional(),
  accounts: z.strictObject({
    funded: account.extend({ apiKey: key }),
    exhausted: account.optional(),
    other: account.optional(),
  }),
  /** The stand-in for the providers: where the suite starts its own (`listen`), or where one runs already (`url`). */
  stub: z
    .union([z.strictObject({ listen }), z.strictObject({ url: baseUrl })], {
      error: 'expected either listen (HOST:PORT, such as 127.0.0.1:9555) or url (of a stub that runs)',
    })
    .optional(),
  /** The keys that the platform under test uses towards the stub: what must never reach a caller. */
  providerKeys: z
    .strictObject({ openai: key.optional(), anthropic: key.optional(), google: key.optional() })
    .optional(),
  prices: z.record(z.string().min(1), price).optional(),
  profiles: z.array(profile).min(1, 'expected at least one profile').optional(),
  /** What a run may spend, in credits of the funded and the other account together; a local one spends less than one. */
  spendCapCredits: z
    .number('expected a number of credits')
    .nonnegative('expected a number of credits')
    .max(1_000_000, 'expected a number of credits up to a million')
    .default(100),
});

/** The configuration as a file or a caller writes it. */
export type ConformanceConfig = z.input<typeof configSchema>;

/** The configuration after validation: base URLs without a slash at the end. */
export type Config = z.output<typeof configSchema>;

/** What the platform charges for a model, USD per million tokens. */
export type Price = z.output<typeof price>;
export type ProviderName = Price['provider'];
export type AccountName = keyof Config['accounts'];

export const providerNames: readonly ProviderName[] = price.shape.provider.options;
export const accountNames: readonly AccountName[] = ['funded', 'exhausted', 'other'];

/** The configuration cannot be used. Ends a run with exit code 2; the message is one line and shows no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** What to do about it, one line. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Throws a `ConfigError` that names every unknown key and malformed value. */
export function validateConfig(config: unknown): Config {
  const result = configSchema.safeParse(config);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(describeIssue);
  throw new ConfigError(
    `bad configuration: ${problems.join('; ')}`,
    `the keys of a configuration are ${Object.keys(configSchema.shape).join(', ')}`,
  );
}

/** What a schema objects to, as the words of a one-line message. */
export function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `unknown key ${path === '' ? name : `${path}.${name}`}`);
  }
  return [`${path === '' ? 'the whole' : path}: ${issue.message}`];
}

export type { Profile };

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

/** What a check needs from the configuration. What is missing makes its requirement unverified, by name. */
export type Need =
  | 'exhausted-key'
  | 'other-key'
  | 'proxy'
  | 'stub'
  | `price:${ProviderName}`
  | `provider-key:${ProviderName}`;

/** The first thing that is missing, as the sentence that tells what to supply; undefined when nothing is. */
export function missingNeed(config: Config, needs: readonly Need[]): string | undefined {
  return needs.map((need) => missing(config, need)).find((reason) => reason !== undefined);
}

function missing(config: Config, need: Need): string | undefined {
  const { exhausted, other } = config.accounts;
  if (need === 'proxy') return absent(config.proxy, 'proxy');
  if (need === 'stub') return absent(config.stub, 'stub');
  if (need === 'exhausted-key') return absent(exhausted?.apiKey, 'accounts.exhausted.apiKey');
  if (need === 'other-key') return absent(other?.apiKey, 'accounts.other.apiKey');
  const [kind, provider] = need.split(':') as ['price' | 'provider-key', ProviderName];
  if (kind === 'provider-key') return absent(config.providerKeys?.[provider], `providerKeys.${provider}`);
  const priced = Object.values(config.prices ?? {}).some((price) => price.provider === provider);
  return priced ? undefined : `the configuration's \`prices\` name no ${provider} model`;
}

function absent(value: unknown, path: string): string | undefined {
  return value === undefined ? `the configuration does not supply \`${path}\`` : undefined;
}

/** Everything in the configuration that a report must not show, under the names that replay lines show instead. */
export function collectSecrets(config: Config, named: ReadonlyMap<string, string>): Secrets {
  const secrets = createSecrets();
  const add = (value: string, name: string) => secrets.add(value, named.get(value) ?? name);
  for (const account of accountNames) {
    const { apiKey, proxyHeaders } = config.accounts[account] ?? {};
    const prefix = `RIGKIT_${account.toUpperCase()}`;
    if (apiKey !== undefined) add(apiKey, `${prefix}_API_KEY`);
    for (const value of Object.values(proxyHeaders ?? {})) {
      // The scheme is no secret, and a replay line reads better with it.
      add(/^(?:Bearer|Basic) +(.+)$/i.exec(value)?.[1] ?? value, `${prefix}_PROXY_CREDENTIAL`);
    }
  }
  for (const provider of providerNames) {
    const key = config.providerKeys?.[provider];
    if (key !== undefined) add(key, `RIGKIT_${provider.toUpperCase()}_API_KEY`);
  }
  return secrets;
}
