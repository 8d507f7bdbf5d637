import type { Chance } from '../../harness/chance.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import type { Maker } from '../prices/price-book.ts';
import { type Canary, createScanner, drawCanary, type Scanner } from './canary.ts';
import { type Hostile, startHostile } from './hostile.ts';

export const MAKERS: readonly Maker[] = ['openai', 'anthropic', 'google'];

/** By provider. */
export type Canaries = Readonly<Record<string, Canary>>;

/** A platform whose providers repeat their keys, and somebody who looks for these. */
export interface SecrecyRun {
  readonly site: Site;
  readonly scanner: Scanner;
  readonly chance: Chance;
  /** With a key for OpenRouter, the platform calls nobody else on the plain OpenAI-shaped routes. */
  readonly viaOpenRouter: boolean;
  /** The platform's keys. */
  readonly managed: Canaries;
  /** The workspaces' own. */
  readonly owned: Canaries;
  /** Calls made so far. */
  calls: number;
  close(): Promise<void>;
}

/** What real keys begin with. */
const PREFIXES: Readonly<Record<string, string>> = {
  openai: 'sk-proj-',
  anthropic: 'sk-ant-api03-',
  google: 'AIzaSy',
  openrouter: 'sk-or-v1-',
};
/** Characters that URLs write differently: a platform's key may have them. */
const AWKWARD = 'a+b/c=';

export async function openSecrecyRun(chance: Chance, viaOpenRouter: boolean): Promise<SecrecyRun> {
  const draw = (name: string, middle: string) => (maker: string) =>
    [maker, drawCanary(`${name} ${maker}`, `${PREFIXES[maker]}${middle}`, chance)] as const;
  const managed = Object.fromEntries([...MAKERS, 'openrouter'].map(draw('managed', chance.pick(['', AWKWARD]))));
  const owned = Object.fromEntries(MAKERS.map(draw('own', '')));
  let hostile: Hostile | undefined;
  const site = await openSite({
    logLevel: 'trace',
    beforePlatform: async (stub) => {
      hostile = await startHostile(stub.url);
    },
    settings: () => hostileSettings(hostile?.url ?? '', managed, viaOpenRouter),
  });
  return {
    site,
    scanner: createScanner([...Object.values(managed), ...Object.values(owned)]),
    chance,
    viaOpenRouter,
    managed,
    owned,
    calls: 0,
    async close() {
      await site.close();
      hostile?.close();
    },
  };
}

export function findKey(canaries: Canaries, name: string): string {
  const canary = canaries[name];
  if (canary === undefined) throw new RangeError(`no canary for ${name}`);
  return canary.key;
}

function hostileSettings(url: string, managed: Canaries, viaOpenRouter: boolean): Record<string, string> {
  return {
    RIGKIT_OPERATOR_PORT: '0',
    RIGKIT_OPENAI_BASE_URL: `${url}/openai/v1`,
    RIGKIT_OPENAI_API_KEY: findKey(managed, 'openai'),
    RIGKIT_ANTHROPIC_BASE_URL: `${url}/anthropic`,
    RIGKIT_ANTHROPIC_API_KEY: findKey(managed, 'anthropic'),
    RIGKIT_GOOGLE_BASE_URL: `${url}/google`,
    RIGKIT_GOOGLE_API_KEY: findKey(managed, 'google'),
    ...(viaOpenRouter && {
      RIGKIT_OPENROUTER_BASE_URL: `${url}/openrouter/v1`,
      RIGKIT_OPENROUTER_API_KEY: findKey(managed, 'openrouter'),
    }),
  };
}
