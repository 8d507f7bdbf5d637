import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Driver, Failure, Way } from './sdks/driver.ts';

/** A column of the matrix: who calls, what the provider does, and what must come of it. */
export interface Scenario {
  /** What the test of a cell states about its call. */
  readonly fact: string;
  readonly caller: 'funded' | 'byok' | 'exhausted';
  readonly provider: (driver: Driver, way: Way) => ScriptRule['respond'];
  readonly failure: ((way: Way) => Failure) | undefined;
  /**
   * Of the account: exactly the cost, nothing, or what was held for the call, which stays held because it is not known what
   * the call cost.
   */
  readonly takes: 'cost' | 'nothing' | 'hold';
  /** Whether the call counts in the account's usage: only settled calls do. */
  readonly isCounted: boolean;
  /** Whether a provider sees it. */
  readonly isForwarded: boolean;
}

export const ANSWER_TEXT = 'It counts every token once.';

/** A streamed answer comes in four pieces: half of them is the middle. */
const MIDDLE = { afterChunks: 2 };
const ERROR_STATUS = 500;

const FELL_OVER = 'The model fell over.';
const OVERLOADED = 'The model is overloaded.';

const answers = ({ reported, billedUsd }: Driver): ScriptRule['respond'] => ({
  text: ANSWER_TEXT,
  usage: reported,
  ...(billedUsd !== undefined && { costUsd: Number(billedUsd) }),
});

export const scenarios: readonly Scenario[] = [
  {
    fact: 'is answered, and charged exactly its cost',
    caller: 'funded',
    provider: answers,
    failure: undefined,
    takes: 'cost',
    isCounted: true,
    isForwarded: true,
  },
  {
    fact: 'with a key of its own is answered without credits, charged nothing, and counted',
    caller: 'byok',
    provider: answers,
    failure: undefined,
    takes: 'nothing',
    isCounted: true,
    isForwarded: true,
  },
  {
    fact: 'without credits is refused before a provider sees it',
    caller: 'exhausted',
    provider: answers,
    failure: () => ({
      by: 'proxy',
      status: 402,
      message: 'The account has too few credits left for this call. It may cost up to N credits, and N are left.',
    }),
    takes: 'nothing',
    isCounted: false,
    isForwarded: false,
  },
  {
    fact: 'that the provider refuses gives back what was held',
    caller: 'funded',
    provider: () => ({ error: { status: 503, message: OVERLOADED } }),
    failure: () => ({ by: 'provider', status: 503, message: OVERLOADED }),
    takes: 'nothing',
    isCounted: false,
    isForwarded: true,
  },
  {
    fact: 'that breaks off before its usage keeps its hold',
    caller: 'funded',
    provider: (driver) => ({ ...answers(driver), disconnect: MIDDLE }),
    failure: (way) => ({
      by: 'proxy',
      // An answer in one piece waits as a whole, so that its breaking off still has a status.
      status: way === 'buffered' ? 502 : undefined,
      message: 'The provider broke off before its answer was complete.',
    }),
    takes: 'hold',
    isCounted: false,
    isForwarded: true,
  },
  {
    fact: 'that fails and tells its usage is charged exactly that',
    caller: 'funded',
    provider: (driver) => ({
      ...answers(driver),
      errorMidStream: { ...MIDDLE, status: ERROR_STATUS, message: FELL_OVER, reportsUsage: true },
    }),
    failure: (way) => ({
      by: 'provider',
      status: way === 'buffered' ? ERROR_STATUS : undefined,
      message: FELL_OVER,
    }),
    takes: 'cost',
    isCounted: true,
    isForwarded: true,
  },
];
