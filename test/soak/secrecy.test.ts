import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChance } from '../harness/chance.ts';
import type { Site } from '../harness/platform.ts';
import { createScanner, drawCanary } from './secrecy/canary.ts';
import { runSecrecy } from './secrecy/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

const broken = vi.hoisted(() => ({ scrubber: false }));
vi.mock('../../server/proxy/scrub.ts', async (load) => {
  const sound = await load<typeof import('../../server/proxy/scrub.ts')>();
  const blind = { carries: () => false, scrub: (bytes: Buffer) => bytes };
  return { createScrubber: (secret: string) => (broken.scrubber ? blind : sound.createScrubber(secret)) };
});
afterEach(() => {
  broken.scrubber = false;
});

describe(`the keys of providers and workspaces (seed ${settings.seed})`, () => {
  it('are in nothing that is answered, logged, measured or stored, whatever providers repeat', async () => {
    const report = await runSecrecy(settings);
    expect(report.counts).toContain('no leak');
  });

  it('would be found in answers if the proxy let them pass', async () => {
    broken.scrubber = true;
    const run = runSecrecy(settings);
    await expect(run).rejects.toThrow(/the key of managed openai in plain in the body of an answer/);
  });

  it('would be found in the database', async () => {
    const spill = async ({ store }: Site, name: string) =>
      void (await store.createAccount({ id: 'x', name, plan: 'free', monthlyCreditsMicro: 0n }, Date.now()));
    await expect(runSecrecy(settings, { spill })).rejects.toThrow(
      /the key of managed openai in plain in the file rigkit\.sqlite\S* while it runs/,
    );
  });
});

describe('the scanner', () => {
  const canary = drawCanary('somebody', 'sk-', createChance(settings.seed));
  const { key } = canary;

  it.each([
    ['plain', `Your key is ${key}.`],
    ['backwards', [...key].reverse().join('')],
    ['hex', Buffer.from(key).toString('hex')],
    ['base64', Buffer.from(`Authorization: Bearer ${key}\r\n`).toString('base64')],
    ['base64', Buffer.from(`Authorization:  Bearer ${key}\r\n`).toString('base64')],
    ['base64', Buffer.from(`Authorization:   Bearer ${key}\r\n`).toString('base64')],
    ['base64url', Buffer.from(key).toString('base64url')],
    ['plain', encodeURIComponent(key)],
    ['plain', JSON.stringify({ key })],
  ])('finds a key in %s: %s', (form, text) => {
    const scanner = createScanner([canary]);
    scanner.scan('here', Buffer.from(`before ${text} behind`));
    expect(scanner.leaks).toContain(`the key of somebody in ${form} in here`);
  });

  it('finds nothing where there is nothing', () => {
    const scanner = createScanner([canary]);
    scanner.scan('here', `${key.slice(0, -1)} ${Buffer.from(key.slice(0, -3)).toString('base64')}`);
    expect(scanner.leaks).toEqual([]);
  });
});
