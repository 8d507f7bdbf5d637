import { expect, it, vi } from 'vitest';
import type { Outcome } from './outcome.ts';
import { startPoller, waitAfter } from './poll.ts';

const PACE = { everyMs: 3_000, slowestMs: 60_000 };
const OK: Outcome<unknown> = { kind: 'ok', value: 1 };
const OFFLINE: Outcome<unknown> = { kind: 'offline' };
const LIMITED: Outcome<unknown> = { kind: 'rate_limited', retryAfterMs: 40_000 };

/** A browser with timers, network and page visibility that the test controls. */
function surroundings() {
  const timers: { ring: () => void; delayMs: number }[] = [];
  let wake = () => {};
  let isHidden = false;
  return {
    timers,
    hide: (hidden: boolean) => {
      isHidden = hidden;
    },
    wake: () => wake(),
    ring: () => timers.pop()?.ring(),
    isHidden: () => isHidden,
    onWake(listener: () => void) {
      wake = listener;
      return () => {
        wake = () => {};
      };
    },
    setTimer(ring: () => void, delayMs: number) {
      const timer = { ring, delayMs };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  };
}

it.each([
  [OK, 0, 3_000],
  [OFFLINE, 1, 6_000],
  [OFFLINE, 2, 12_000],
  [OFFLINE, 30, 60_000],
  [LIMITED, 1, 40_000],
  [{ kind: 'rate_limited', retryAfterMs: 0 } as const, 1, 3_000],
])('waits after %j, the failure number %i in a row, %i ms', (outcome, failures, waitMs) => {
  expect(waitAfter(outcome, failures, PACE)).toBe(waitMs);
});

it('takes a turn at once, backs off while turns fail, and is quick again when one succeeds', async () => {
  const browser = surroundings();
  const turn = vi.fn().mockResolvedValueOnce(OFFLINE).mockResolvedValueOnce(OFFLINE).mockResolvedValue(OK);
  const waits: number[] = [];
  startPoller(turn, PACE, browser, (_, waitMs) => waits.push(waitMs));
  for (const turns of [1, 2]) {
    await vi.waitFor(() => expect(waits).toHaveLength(turns));
    browser.ring();
  }
  await vi.waitFor(() => expect(waits).toHaveLength(3));
  expect(waits).toEqual([6_000, 12_000, 3_000]);
});

it('rests while the page is hidden, and takes a turn when it is shown', async () => {
  const browser = surroundings();
  const turn = vi.fn().mockResolvedValue(OK);
  startPoller(turn, PACE, browser);
  await vi.waitFor(() => expect(browser.timers).toHaveLength(1));
  browser.hide(true);
  browser.ring();
  expect(turn).toHaveBeenCalledTimes(1);
  expect(browser.timers).toEqual([]);
  browser.hide(false);
  browser.wake();
  expect(turn).toHaveBeenCalledTimes(2);
});

it('does not cut short the wait that the platform asked for', async () => {
  const browser = surroundings();
  const turn = vi.fn().mockResolvedValue(LIMITED);
  const poller = startPoller(turn, PACE, browser);
  await vi.waitFor(() => expect(browser.timers).toMatchObject([{ delayMs: 40_000 }]));
  browser.wake();
  poller.nudge();
  expect(turn).toHaveBeenCalledTimes(1);
  browser.ring();
  expect(turn).toHaveBeenCalledTimes(2);
});

it('never takes two turns at once, and none after it was stopped', async () => {
  const browser = surroundings();
  const first = Promise.withResolvers<Outcome<unknown>>();
  const turn = vi.fn().mockReturnValue(first.promise);
  const poller = startPoller(turn, PACE, browser);
  poller.nudge();
  expect(turn).toHaveBeenCalledTimes(1);
  poller.stop();
  first.resolve(OK);
  await first.promise;
  browser.wake();
  expect({ turns: turn.mock.calls.length, timers: browser.timers }).toEqual({ turns: 1, timers: [] });
});
