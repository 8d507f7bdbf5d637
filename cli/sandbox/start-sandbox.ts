import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import type { Config } from '../../server/config.ts';
import { databaseFile } from '../../server/database/database.ts';
import { createPlatform, type PlatformOptions } from '../../server/index.ts';
import { dashboardPages } from '../dashboard/pages.ts';
import { referencePages } from '../reference.ts';
import { readSandboxFile, type SandboxDescription, sandboxFile } from '../sandbox-file.ts';
import { UsageError } from '../usage-error.ts';
import { controlGuard, crossOrigin, isLoopback } from './access.ts';
import { conformanceConfig } from './conformance-config.ts';
import { controlsPath, createAccountClocks, createControls, createSeededRequests } from './controls/index.ts';
import { createDemoAccounts, demoAccountsExist } from './demo-data.ts';
import { type StubbedProviders, stubProvidersWithoutKey } from './stub-config.ts';

export interface Sandbox {
  readonly description: SandboxDescription;
  close(): Promise<void>;
}

export interface SandboxOptions extends Pick<PlatformOptions, 'logger'> {
  /** Forget what an earlier sandbox left in the data folder. */
  readonly reset?: boolean;
  /** Serve the controls on any address, to any page: every caller that reaches them can make accounts and spend their credits. Default: false. */
  readonly openControls?: boolean;
}

const secretFile = (dataDir: string) => join(dataDir, 'secret.key');
export const conformanceFile = (dataDir: string) => join(dataDir, 'conformance.json');

/** Starts the whole kit on this machine. When it resolves, `sandbox.json` and `conformance.json` are written. */
export async function startSandbox(config: Config, options: SandboxOptions = {}): Promise<Sandbox> {
  const { dataDir } = config;
  if (options.reset) deleteSandboxFiles(config);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const stubbed = await stubProvidersWithoutKey(config);
  try {
    return await startPlatform(config, options, stubbed);
  } catch (error) {
    await stubbed.stub?.close();
    throw error;
  }
}

async function startPlatform(
  config: Config,
  options: SandboxOptions,
  { providers, providersOf, stub, costsMoney }: StubbedProviders,
): Promise<Sandbox> {
  const { dataDir } = config;
  const rateLimits = config.rateLimits ?? false;
  const clocks = createAccountClocks();
  const seeded = createSeededRequests();
  const controls = express.Router();
  const platform = await createPlatform(
    {
      ...config,
      providers,
      secretKey: config.secretKey ?? loadSecret(dataDir),
      rateLimits,
    },
    {
      ...options,
      validateResponses: true,
      before: crossOrigin(),
      mounts: [dashboardPages(), referencePages(join(dataDir, 'docs')), controls],
      clock: clocks.now,
      around: seeded.around,
      providersOf,
    },
  );
  const { controlPlane, proxy, operator } = await platform.listen();
  const earlier = readSandboxFile(dataDir)?.accounts;
  const accounts =
    earlier !== undefined && (await demoAccountsExist(platform.store, earlier))
      ? earlier
      : await createDemoAccounts(platform.store, controlPlane);
  const { openControls = false } = options;
  const hasControls = openControls || isLoopback(config.host);
  if (hasControls) {
    const { store } = platform;
    const demoAccountIds = Object.values(accounts).map((row) => row.account_id);
    const services = { store, clocks, seeded, stub, controlPlaneUrl: controlPlane, demoAccountIds };
    const access = { anyHost: openControls, anyOrigin: openControls || !costsMoney };
    controls.use(controlsPath, controlGuard(access));
    controls.use(await createControls(services, { rateLimits }));
  }

  const description = {
    control_plane: controlPlane,
    proxy,
    stub: stub?.url ?? null,
    controls: hasControls ? new URL(controlsPath, controlPlane).href : null,
    ...(operator !== undefined && { operator }),
    accounts,
  };
  writePrivateFile(conformanceFile(dataDir), conformanceConfig(description, providers, platform.prices));
  writePrivateFile(sandboxFile(dataDir), description);
  return {
    description,
    async close() {
      await platform.close();
      await stub?.close();
    },
  };
}

/** Readable by the user alone: it has the demo keys. */
function writePrivateFile(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

/** The sandbox's own sealing secret: made once, kept beside the data that it seals. Production is given one instead. */
function loadSecret(dataDir: string): Uint8Array {
  const file = secretFile(dataDir);
  if (existsSync(file)) return new Uint8Array(Buffer.from(readFileSync(file, 'utf8'), 'base64'));
  const secret = randomBytes(32);
  writeFileSync(file, secret.toString('base64'), { mode: 0o600 });
  return new Uint8Array(secret);
}

/** Deletes what a sandbox writes, and nothing else in the folder. */
function deleteSandboxFiles({ dataDir, databaseUrl }: Config): void {
  const path = databaseFile(databaseUrl);
  if (path === undefined) throw new UsageError('--reset: empties no PostgreSQL database; name another one');
  const database = ['', '-wal', '-shm'].map((suffix) => path + suffix);
  for (const file of [...database, secretFile(dataDir), sandboxFile(dataDir), conformanceFile(dataDir)]) {
    rmSync(file, { force: true });
  }
  rmSync(join(dataDir, 'docs'), { recursive: true, force: true });
}
