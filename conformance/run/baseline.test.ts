import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRequirement } from '../fixtures/requirements.ts';
import { ConfigError } from '../platform/config.ts';
import {
  type BaselineUse,
  baselineProblem,
  loadBaseline,
  makeBaseline,
  useBaseline,
  validateBaseline,
} from './baseline.ts';
import type { Verdict } from './judge.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rigkit-baseline-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ENTRY = { id: 'TST-001', reason: 'PLAT-1', expires: '2026-06-30' };
const baseline = (...entries: (typeof ENTRY)[]) => ({ schemaVersion: 1 as const, entries });
const requirements = [makeRequirement('TST-001'), makeRequirement('TST-002', { untestable: 'nobody can see it' })];

async function load(content: unknown) {
  const file = join(folder, 'baseline.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadBaseline(file);
}

describe('a baseline file', () => {
  it('lists known failures, each with its reason and last day', async () => {
    expect(await load(baseline(ENTRY))).toEqual(baseline(ENTRY));
  });

  it.each<[string, unknown, string]>([
    ['is not JSON', '{', 'is not JSON'],
    ['is of another version', { ...baseline(), schemaVersion: 2 }, 'schemaVersion: expected 1'],
    ['has no version', { entries: [] }, 'schemaVersion: expected 1'],
    ['has an unknown key', { ...baseline(), entires: [] }, 'unknown key entires'],
    [
      'has an unknown key in an entry',
      baseline({ ...ENTRY, expire: 'x' } as typeof ENTRY),
      'unknown key entries.0.expire',
    ],
    ['gives no reason', baseline({ ...ENTRY, reason: ' ' }), 'entries.0.reason: expected why'],
    ['gives a reason of two lines', baseline({ ...ENTRY, reason: 'a\nb' }), 'entries.0.reason: expected one line'],
    [
      'names a day that does not exist',
      baseline({ ...ENTRY, expires: '2026-02-30' }),
      'entries.0.expires: expected a day',
    ],
    ['names a moment', baseline({ ...ENTRY, expires: '2026-02-03T00:00:00Z' }), 'entries.0.expires: expected a day'],
    ['names no day', baseline({ id: 'TST-001', reason: 'x' } as typeof ENTRY), 'entries.0.expires'],
  ])('is refused in one line when it %s', async (_, content, words) => {
    const error = await load(content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toContain(words);
    expect((error as ConfigError).message).not.toContain('\n');
  });

  it.each([
    ['an id that there is not', baseline({ ...ENTRY, id: 'TST-999' }), 'no requirement is called "TST-999"'],
    ['an id twice', baseline(ENTRY, ENTRY), 'TST-001 is listed more than once'],
    ['what cannot fail', baseline({ ...ENTRY, id: 'TST-002' }), 'TST-002 cannot be checked from outside'],
  ])('is refused for %s', (_, given, words) => {
    expect(() => validateBaseline(given, requirements)).toThrow(words);
  });
});

describe('what an entry does for a run', () => {
  const findUse = (verdict: Verdict | undefined, day = '2026-06-30'): BaselineUse | undefined => {
    const results = verdict === undefined ? [] : [{ id: 'TST-001', verdict }];
    return useBaseline(baseline(ENTRY), results, new Date(`${day}T23:59:59.999Z`))[0];
  };

  it.each<[string, Verdict | undefined, string, string]>([
    ['excuses a failure to the end of its last day', 'fail', '2026-06-30', 'excuses'],
    ['has expired on the day after', 'fail', '2026-07-01', 'expired'],
    ['has expired too when the requirement was not looked at', undefined, '2026-07-01', 'expired'],
    ['is stale when the requirement passes', 'pass', '2026-06-30', 'stale'],
    ['is stale when it passes after the last day', 'pass', '2026-07-01', 'stale'],
    ['is stale when the requirement does not apply', 'not-applicable', '2026-06-30', 'stale'],
    ['is idle when nothing is known', 'unverified', '2026-06-30', 'idle'],
    ['is idle when the harness failed', 'harness-error', '2026-06-30', 'idle'],
    ['is idle when the requirement was not run', undefined, '2026-06-30', 'idle'],
  ])('%s', (_, verdict, day, state) => {
    const use = findUse(verdict, day);
    expect(use?.state).toBe(state);
    const fails = state === 'stale' || state === 'expired';
    expect(use && baselineProblem(use) !== undefined).toBe(fails);
  });

  it('says in a clear line what to do about one that does not fit', () => {
    const lines = (['stale', 'expired'] as const).map((state) => baselineProblem({ ...ENTRY, state }));
    expect(lines).toEqual([
      'TST-001 is stale: it does not fail any more; take it out of the baseline',
      'TST-001 expired on 2026-06-30: mend the platform, or give the entry a new day',
    ]);
  });
});

describe('a baseline made of a report', () => {
  const row = { level: 'MUST', verdict: 'fail', baselined: null } as const;
  const given = { reason: 'PLAT-2', expires: '2026-12-31' };

  it('lists every broken MUST and nothing else', () => {
    const made = makeBaseline(
      [
        { ...row, id: 'TST-001' },
        { ...row, id: 'TST-002', level: 'SHOULD' },
        { ...row, id: 'TST-003', verdict: 'unverified' },
        { ...row, id: 'TST-004', verdict: 'pass' },
      ],
      given,
    );
    expect(made).toEqual({ schemaVersion: 1, entries: [{ id: 'TST-001', ...given }] });
  });

  it('keeps the reason and day of a failure that was known before', () => {
    const known = { reason: 'PLAT-1', expires: '2026-06-30' };
    const made = makeBaseline([{ ...row, id: 'TST-001', baselined: known }], given);
    expect(made.entries).toEqual([{ id: 'TST-001', ...known }]);
  });

  it('refuses a day that is none', () => {
    expect(() => makeBaseline([{ ...row, id: 'TST-001' }], { ...given, expires: 'soon' })).toThrow('expected a day');
  });
});
