import { randomInt } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { scenarioNames } from '../../generated/scenarios.ts';
import type { MockOptions } from '../../mocks/index.ts';

/** Flags of `rigkit mock` as commander collects them. */
export interface MockFlags extends MockOptions {
  readonly host: string;
  readonly port: number;
  readonly watch?: true;
}

interface RawFlags extends Omit<MockFlags, 'chaos' | 'seed' | 'delayMs' | 'firstTokenMs'> {
  readonly delay?: number;
  readonly firstToken?: number;
  readonly rate?: number;
  readonly cutAfter?: number;
  readonly chaos?: number;
  readonly seed?: number;
}

export function addMockFlags(command: Command): Command {
  return command
    .option('--host <address>', 'address to bind to', '127.0.0.1')
    .option('--port <port>', '0 picks a free one', whole('a port', 0, 65_535), 4010)
    .addOption(
      new Option('--scenario <name>', 'state of the account, unless a request names another').choices(scenarioNames),
    )
    .option('--delay <ms>', 'wait before each response', whole('milliseconds', 0, 600_000))
    .option('--chaos <likelihood>', 'share of requests, 0 to 1, that get a documented error', likelihood)
    .option(
      '--seed <number>',
      'repeats chaos and generated bodies (default: a new one, printed)',
      whole('a seed', 0, 2 ** 31),
    )
    .option('--first-token <ms>', 'streams: time to the first event', whole('milliseconds', 0, 600_000))
    .option('--rate <events>', 'streams: events a second', whole('events a second', 1, 1000))
    .option('--cut-after <events>', 'streams: cut the connection after this many events', whole('events', 0, 1_000_000))
    .option('--watch', 'regenerate and reload when spec/ changes; in a checkout of rigkit only');
}

/** The flags as options of the mock, with a seed if chaos needs one. */
export function mockSettings(flags: RawFlags): MockFlags {
  const { delay, firstToken, rate, cutAfter, chaos, seed, ...rest } = flags;
  return {
    ...rest,
    ...(delay !== undefined && { delayMs: delay }),
    ...(firstToken !== undefined && { firstTokenMs: firstToken }),
    ...(rate !== undefined && { eventsPerSecond: rate }),
    ...(cutAfter !== undefined && { cutAfterEvents: cutAfter }),
    ...(chaos !== undefined && { chaos: { likelihood: chaos, seed: seed ?? randomInt(2 ** 31) } }),
    ...(seed !== undefined && { seed: String(seed) }),
  };
}

function whole(what: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected ${what} from ${least} to ${most}`);
  };
}

function likelihood(text: string): number {
  if (/^(0(\.\d+)?|1(\.0+)?|\.\d+)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a likelihood from 0 to 1, such as 0.1');
}
