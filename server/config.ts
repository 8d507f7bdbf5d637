import { join } from 'node:path';
import { z } from 'zod';
import { databaseFile, isPostgresUrl } from './database/database.ts';
import type { UncertainPolicy } from './ledger/rules/uncertain-policy.ts';
import { type AddressPool, parseAddressPool } from './resources/workspaces/address-pool.ts';

/**
 * Everything that can be set, with its default, in one place. A setting is an environment variable, or a flag of the
 * same name: `RIGKIT_PROXY_PORT` is `--proxy-port`.
 */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'expected a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `expected a number from ${least} to ${most}`);
const port = whole(0, 65_535);
const milliseconds = whole(1, 3_600_000);
const mebibytes = whole(32, 1_048_576);
const text = z.string().trim().min(1, 'expected a value');
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
  .refine((value) => !/[?#]/.test(value), 'expected a URL without query or fragment')
  .transform((value) => value.replace(/\/+$/, ''));
const providerKey = z.string().regex(/^[\x21-\x7e]+$/, 'expected a key without spaces or control characters');
const onOff = z.enum(['on', 'off', 'true', 'false'], 'expected on or off').transform((v) => v === 'on' || v === 'true');
const network = z.string().transform((cidr, { addIssue }) => {
  const pool = parseAddressPool(cidr);
  if (pool === undefined)
    addIssue({ code: 'custom', message: 'expected an IPv4 network from /12 to /29: 10.77.0.0/16' });
  return pool ?? z.NEVER;
});
const secret = z
  .base64('expected base64')
  .transform((value) => new Uint8Array(Buffer.from(value, 'base64')))
  .refine((bytes) => bytes.length === 32, 'expected 32 bytes, base64-encoded (openssl rand -base64 32)');
const secrets = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(z.array(secret));

const BYTES_IN_MEBIBYTE = 1024 * 1024;

const settings = {
  RIGKIT_HOST: text.default('127.0.0.1').describe('address the listeners bind to'),
  RIGKIT_PORT: port.default(8080).describe('port of the control plane; 0 picks a free one'),
  RIGKIT_PROXY_PORT: port.default(9090).describe('port of the managed AI proxy; 0 picks a free one'),
  RIGKIT_OPERATOR_PORT: port
    .optional()
    .describe(
      'port of the operator: /metrics, /healthz, /readyz, without a credential; 0 picks a free one (default: no such port)',
    ),
  RIGKIT_DATA_DIR: text.default('.rigkit').describe('folder of the embedded database, sandbox.json and newer prices'),
  RIGKIT_DATABASE_URL: text
    .refine(
      (value) => databaseFile(value) !== undefined || isPostgresUrl(value),
      'expected file:PATH, an SQLite database, or postgres://user:password@host/database',
    )
    .optional()
    .describe('database, file:PATH or postgres://...; without it, an SQLite file in the data folder'),
  RIGKIT_WORKERS: whole(1, 256)
    .default(1)
    .describe('processes that share the ports of `rigkit serve`; more than one need PostgreSQL'),
  RIGKIT_DATABASE_POOL: whole(1, 1000).default(10).describe('most connections of this process to PostgreSQL'),
  RIGKIT_SECRET_KEY: secret.optional().describe('32 bytes, base64: seals the stored provider keys'),
  RIGKIT_SECRET_KEYS_PREVIOUS: secrets
    .default([])
    .describe('secret keys of before a rotation, comma-separated: they open what they sealed, and seal nothing new'),
  RIGKIT_OPENAI_BASE_URL: baseUrl.default('https://api.openai.com/v1').describe('OpenAI, with its /v1'),
  RIGKIT_OPENAI_API_KEY: providerKey.optional().describe("the platform's OpenAI key"),
  RIGKIT_ANTHROPIC_BASE_URL: baseUrl.default('https://api.anthropic.com').describe('Anthropic, the origin'),
  RIGKIT_ANTHROPIC_API_KEY: providerKey.optional().describe("the platform's Anthropic key"),
  RIGKIT_GOOGLE_BASE_URL: baseUrl.default('https://generativelanguage.googleapis.com').describe('Gemini, the origin'),
  RIGKIT_GOOGLE_API_KEY: providerKey.optional().describe("the platform's Gemini key"),
  RIGKIT_OPENROUTER_BASE_URL: baseUrl.default('https://openrouter.ai/api/v1').describe('OpenRouter, with its /v1'),
  RIGKIT_OPENROUTER_API_KEY: providerKey
    .optional()
    .describe('if set, the OpenAI-shaped routes go to OpenRouter for every model'),
  RIGKIT_PRICES_FILE: text.optional().describe('JSON that adds to and overrides the price catalogue'),
  RIGKIT_UPSTREAM_CONNECT_TIMEOUT_MS: milliseconds.default(10_000).describe('towards providers: to connect'),
  RIGKIT_UPSTREAM_FIRST_BYTE_TIMEOUT_MS: milliseconds
    .default(600_000)
    .describe('towards providers: from the request to the first byte of its answer'),
  RIGKIT_UPSTREAM_IDLE_TIMEOUT_MS: milliseconds.default(120_000).describe('towards providers: between two chunks'),
  RIGKIT_UPSTREAM_COUNT_TIMEOUT_MS: whole(0, 60_000)
    .default(5_000)
    .describe(
      'towards providers: to count the input of a call that the credits do not cover without a count; 0: never asked',
    ),
  RIGKIT_DRAIN_TIMEOUT_MS: milliseconds
    .default(3_600_000)
    .describe('how long a response is read on for its usage after its caller left'),
  RIGKIT_DRAINS: whole(0, 100_000).default(1_000).describe('most such responses at a time, in each process'),
  RIGKIT_DRAINS_PER_ACCOUNT: whole(0, 100_000).default(100).describe('most of them of one account'),
  RIGKIT_OUTPUT_TOKENS_PER_SECOND: whole(1, 1_000_000)
    .optional()
    .describe(
      'most output tokens that any of your models writes in a second: bounds the hold of a call whose end does not come (default: the output limit does)',
    ),
  RIGKIT_UNCERTAIN_HOLDS: z
    .enum(['keep', 'settle', 'release'])
    .default('keep')
    .describe(
      'what becomes of a hold that stays uncertain: keep it until you decide, settle it at its bound, or release it',
    ),
  RIGKIT_UNCERTAIN_HOLDS_AFTER_MINUTES: whole(0, 525_600)
    .default(1_440)
    .describe('how long it has to be uncertain before it is settled or released'),
  RIGKIT_FIT_OUTPUT_CAP: onOff
    .default(false)
    .describe('where the credits cover a call but not its output limit: forward it with the limit that they cover'),
  RIGKIT_BODY_TIMEOUT_MS: milliseconds.default(60_000).describe('time that the body of an AI call may take to arrive'),
  RIGKIT_BODY_MEMORY_MIB: mebibytes
    .default(256)
    .describe('memory of a process for the bodies of AI calls under way, in MiB'),
  RIGKIT_ACCOUNT_BODY_MEMORY_MIB: mebibytes
    .default(64)
    .describe('of that, for the calls of one account, in MiB; 32 at least, the largest body'),
  RIGKIT_FREE_CALLS_PER_MINUTE: whole(1, 1_000_000)
    .default(300)
    .describe("an account's calls to the platform's providers that cost nothing, such as counts of tokens"),
  RIGKIT_TRUST_SOURCE_ADDRESS: onOff.default(false).describe('identify workspaces by their source address'),
  RIGKIT_WORKSPACE_NETWORK: network
    .prefault('10.77.0.0/16')
    .describe('compute network whose addresses new workspaces are given (default 10.77.0.0/16)'),
  RIGKIT_RATE_LIMITS: onOff
    .optional()
    .describe('per-user limits of the control plane, and of calls that cost nothing: on, but off in the sandbox'),
  RIGKIT_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('pino level; secrets are logged at none'),
};
const schema = z.strictObject(settings);
type Variable = keyof typeof settings;
type Values = z.output<typeof schema>;

export type ProviderName = 'openai' | 'anthropic' | 'google' | 'openrouter';

export interface ProviderConfig {
  /** As the provider's own documentation writes it, without a slash at the end. */
  readonly baseUrl: string;
  /** Undefined: the platform offers no managed calls there. */
  readonly apiKey: string | undefined;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly proxyPort: number;
  /** Undefined: metrics and health are not served. */
  readonly operatorPort: number | undefined;
  readonly dataDir: string;
  /** `file:PATH`, or `postgres://...` with its password: never shown. */
  readonly databaseUrl: string;
  readonly workers: number;
  readonly databasePoolSize: number;
  /** Seals stored provider keys (AES-256-GCM). Undefined: not set; `serve` refuses that, the sandbox makes one. */
  readonly secretKey: Uint8Array | undefined;
  readonly previousSecretKeys: readonly Uint8Array[];
  readonly providers: Readonly<Record<ProviderName, ProviderConfig>>;
  readonly pricesFile: string | undefined;
  readonly upstreamTimeouts: Readonly<Record<'connectMs' | 'firstByteMs' | 'idleMs' | 'countInputMs', number>>;
  readonly drain: { readonly maxMs: number; readonly maxConcurrent: number; readonly maxPerAccount: number };
  /** Undefined: not said. */
  readonly outputTokensPerSecond: number | undefined;
  /** Undefined: they are kept. */
  readonly uncertainHolds: UncertainPolicy | undefined;
  readonly fitOutputCap: boolean;
  /** The bodies of AI calls: in memory in all, and of one account. */
  readonly bodies: { readonly totalBytes: number; readonly accountBytes: number; readonly timeoutMs: number };
  readonly freeCallsPerMinute: number;
  readonly trustSourceAddress: boolean;
  readonly workspaceNetwork: AddressPool;
  /** Undefined: not said; on in production, off in the sandbox. */
  readonly rateLimits: boolean | undefined;
  readonly logLevel: Values['RIGKIT_LOG_LEVEL'];
}

/** A setting is unknown or malformed. The message names every one, and shows no value: it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Flag {
  /** As typed, without the dashes: `proxy-port`. */
  readonly name: string;
  readonly variable: Variable;
  /** With the default, where there is one. */
  readonly meaning: string;
}

/** The flags that stand for the variables, in the order of the table above. */
export const flags: readonly Flag[] = (Object.keys(settings) as Variable[]).map((variable) => ({
  name: variable.replace('RIGKIT_', '').replaceAll('_', '-').toLowerCase(),
  variable,
  meaning: describeSetting(settings[variable]),
}));

function describeSetting(setting: z.ZodType): string {
  const fallback = setting instanceof z.ZodDefault ? setting.def.defaultValue : undefined;
  const shown = Array.isArray(fallback) || fallback === undefined ? '' : ` (default ${fallback})`;
  return `${setting.description ?? ''}${shown}`;
}

/**
 * Reads the `RIGKIT_` variables of `environment`; `overrides` (variable -> value, from flags) win. An empty value counts
 * as not set. Throws a ConfigError that lists everything wrong at once. The result is frozen.
 */
export function loadConfig(
  environment: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Record<string, string | undefined>> = {},
): Config {
  const given = Object.entries({ ...environment, ...overrides }).filter(
    ([name, value]) => name.startsWith('RIGKIT_') && value !== undefined && value !== '',
  );
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap(sentences).join('; '));
  return freezeDeep(toConfig(parsed.data));
}

function sentences(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [`${issue.path.join('.')}: ${issue.message}`];
  return issue.keys.map((name) => `${name}: no such setting (rigkit serve --help lists them)`);
}

function toConfig(values: Values): Config {
  const provider = (name: 'OPENAI' | 'ANTHROPIC' | 'GOOGLE' | 'OPENROUTER'): ProviderConfig => ({
    baseUrl: values[`RIGKIT_${name}_BASE_URL`],
    apiKey: values[`RIGKIT_${name}_API_KEY`],
  });
  return {
    host: values.RIGKIT_HOST,
    port: values.RIGKIT_PORT,
    proxyPort: values.RIGKIT_PROXY_PORT,
    operatorPort: values.RIGKIT_OPERATOR_PORT,
    dataDir: values.RIGKIT_DATA_DIR,
    databaseUrl: values.RIGKIT_DATABASE_URL ?? `file:${join(values.RIGKIT_DATA_DIR, 'rigkit.sqlite')}`,
    workers: values.RIGKIT_WORKERS,
    databasePoolSize: values.RIGKIT_DATABASE_POOL,
    secretKey: values.RIGKIT_SECRET_KEY,
    previousSecretKeys: values.RIGKIT_SECRET_KEYS_PREVIOUS,
    providers: {
      openai: provider('OPENAI'),
      anthropic: provider('ANTHROPIC'),
      google: provider('GOOGLE'),
      openrouter: provider('OPENROUTER'),
    },
    pricesFile: values.RIGKIT_PRICES_FILE,
    upstreamTimeouts: {
      connectMs: values.RIGKIT_UPSTREAM_CONNECT_TIMEOUT_MS,
      firstByteMs: values.RIGKIT_UPSTREAM_FIRST_BYTE_TIMEOUT_MS,
      idleMs: values.RIGKIT_UPSTREAM_IDLE_TIMEOUT_MS,
      countInputMs: values.RIGKIT_UPSTREAM_COUNT_TIMEOUT_MS,
    },
    drain: {
      maxMs: values.RIGKIT_DRAIN_TIMEOUT_MS,
      maxConcurrent: values.RIGKIT_DRAINS,
      maxPerAccount: values.RIGKIT_DRAINS_PER_ACCOUNT,
    },
    outputTokensPerSecond: values.RIGKIT_OUTPUT_TOKENS_PER_SECOND,
    uncertainHolds: toPolicy(values),
    fitOutputCap: values.RIGKIT_FIT_OUTPUT_CAP,
    bodies: {
      totalBytes: values.RIGKIT_BODY_MEMORY_MIB * BYTES_IN_MEBIBYTE,
      accountBytes: values.RIGKIT_ACCOUNT_BODY_MEMORY_MIB * BYTES_IN_MEBIBYTE,
      timeoutMs: values.RIGKIT_BODY_TIMEOUT_MS,
    },
    freeCallsPerMinute: values.RIGKIT_FREE_CALLS_PER_MINUTE,
    trustSourceAddress: values.RIGKIT_TRUST_SOURCE_ADDRESS,
    workspaceNetwork: values.RIGKIT_WORKSPACE_NETWORK,
    rateLimits: values.RIGKIT_RATE_LIMITS,
    logLevel: values.RIGKIT_LOG_LEVEL,
  };
}

function toPolicy(values: Values): UncertainPolicy | undefined {
  const decision = values.RIGKIT_UNCERTAIN_HOLDS;
  const afterMs = values.RIGKIT_UNCERTAIN_HOLDS_AFTER_MINUTES * 60_000;
  return decision === 'keep' ? undefined : { decision, afterMs };
}

/** Bytes stay as they are: a typed array cannot be frozen. */
function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) freezeDeep(part);
  return Object.freeze(value);
}
