import type { UsageShape } from '../../../generated/scenario-facts.ts';
import { type Random, seededRandom } from '../../../mocks/responses/random.ts';

/** Calls at one moment, before it is known what they cost. */
export interface UsageMoment {
  readonly atSeconds: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Days that are seen by the hour: the longest metric range, and today. Older ones are seen as a whole. */
const DAYS_BY_THE_HOUR = 8;
const FIRST_HOUR = 7;
const LAST_HOUR = 20;
/** So that the last hour's chart has a shape of its own. */
const MINUTES_BEFORE_NOW = [52, 37, 23, 11, 4];

/** Plausible usage, the same for the same shape and time: weekdays above weekends, office hours, no two days alike. */
export function spreadUsage(shape: UsageShape, nowSeconds: number): UsageMoment[] {
  const random = seededRandom(shape.seed);
  const today = nowSeconds - (nowSeconds % DAY);
  const first = Date.parse(shape.since) / 1000;
  const last = shape.until === undefined ? today : Math.min(today, Date.parse(shape.until) / 1000);
  const moments: UsageMoment[] = [];
  for (let day = first; day <= last; day += DAY) {
    const requests = shape.requests_a_day * (isWeekend(day) ? 0.35 : 1) * between(random, 0.7, 1.3);
    for (const { atSeconds, part } of partsOfDay(day, today, nowSeconds, random)) {
      moments.push(makeMoment(shape, atSeconds, Math.round(requests * part), random));
    }
  }
  return moments.filter(({ requests }) => requests > 0);
}

function partsOfDay(day: number, today: number, now: number, random: Random) {
  if (today - day >= DAYS_BY_THE_HOUR * DAY) return [{ atSeconds: day + DAY / 2, part: 1 }];
  const hours = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, index) => ({
    atSeconds: day + (FIRST_HOUR + index) * HOUR + Math.floor(random() * 60) * MINUTE,
    weight: between(random, 0.4, 1.6),
  }));
  const whole = hours.reduce((sum, { weight }) => sum + weight, 0);
  const parts = hours.map(({ atSeconds, weight }) => ({ atSeconds, part: weight / whole }));
  if (day < today) return parts;
  const lately = MINUTES_BEFORE_NOW.map((minutes) => ({
    atSeconds: now - (now % MINUTE) - minutes * MINUTE,
    part: between(random, 0.005, 0.02),
  }));
  return [...parts.filter(({ atSeconds }) => atSeconds < now - HOUR), ...lately];
}

function makeMoment(shape: UsageShape, atSeconds: number, requests: number, random: Random): UsageMoment {
  return {
    atSeconds,
    requests,
    inputTokens: Math.round(requests * shape.input_tokens * between(random, 0.85, 1.15)),
    outputTokens: Math.round(requests * shape.output_tokens * between(random, 0.85, 1.15)),
  };
}

function isWeekend(daySeconds: number): boolean {
  return [0, 6].includes(new Date(daySeconds * 1000).getUTCDay());
}

function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

/**
 * What each of the moments cost, so that those within the month come to exactly `spentMicro` and the ones before it
 * cost as much a token. Output counts four times the input, as with most models.
 */
export function spreadCost(moments: readonly UsageMoment[], spentMicro: bigint, monthStartSeconds: number): number[] {
  const weights = moments.map(({ inputTokens, outputTokens }) => BigInt(inputTokens + 4 * outputTokens));
  const inMonth = moments.map(({ atSeconds }) => atSeconds >= monthStartSeconds);
  const whole = weights.reduce((sum, weight, index) => (inMonth[index] ? sum + weight : sum), 0n);
  if (whole === 0n) return moments.map(() => 0);
  let sofar = 0n;
  return weights.map((weight, index) => {
    if (!inMonth[index]) return Number((weight * spentMicro) / whole);
    const before = (sofar * spentMicro) / whole;
    sofar += weight;
    return Number((sofar * spentMicro) / whole - before);
  });
}
