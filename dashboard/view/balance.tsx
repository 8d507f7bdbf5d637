import { BurnDown } from '../chart/burn-down.tsx';
import type { Account } from '../data/account.ts';
import type { Credits } from '../data/facts.ts';
import { formatRoundCredits, ratio } from '../figures/amounts.ts';
import { type Day, daysBetween, firstOfNextMonth, formatDay } from '../figures/calendar.ts';
import { balances, type Outlook, outlook } from '../figures/trend.ts';
import { Amount } from './amount.tsx';
import { Meter } from './meter.tsx';
import { plural } from './words.ts';

export function BalanceSection({ account }: { readonly account: Account }) {
  const credits = account.credits.value;
  if (credits === undefined) return <section class="card balance loading" aria-label="Credits" />;
  const days = account.usage.value?.days;
  const today = account.today.value;
  return (
    <section class="card balance" aria-labelledby="balance-title">
      <Remaining credits={credits} today={today} />
      {days !== undefined && (
        <Trend
          credits={credits}
          today={today}
          outlook={outlook(days, credits.remainingMicro, today)}
          balances={balances(days, credits.remainingMicro, today)}
        />
      )}
    </section>
  );
}

function Remaining({ credits, today }: { readonly credits: Credits; readonly today: Day }) {
  const { remainingMicro, totalMicro } = credits;
  const share = ratio(remainingMicro, totalMicro);
  const reset = firstOfNextMonth(today);
  const days = daysBetween(today, reset);
  return (
    <div>
      <h2 id="balance-title">Credits left</h2>
      <p class="figure" data-micro={remainingMicro}>
        <Amount micro={remainingMicro} />
      </p>
      <Meter share={share} tone={remainingMicro <= 0n ? 'out' : share < 0.1 ? 'low' : 'plain'} />
      <p class="muted">
        of {formatRoundCredits(totalMicro)} this month. Resets on {formatDay(reset)}, 00:00 UTC, in{' '}
        {plural(days, 'day')}.
      </p>
    </div>
  );
}

interface TrendProps {
  readonly credits: Credits;
  readonly today: Day;
  readonly outlook: Outlook;
  readonly balances: ReturnType<typeof balances>;
}

function Trend({ credits, today, outlook, balances }: TrendProps) {
  return (
    <div class="trend">
      <BurnDown balances={balances} totalMicro={credits.totalMicro} today={today} outlook={outlook} />
      <dl>
        <div>
          <dt>Spent or on hold</dt>
          <dd>
            <Amount micro={credits.totalMicro - credits.remainingMicro} />
          </dd>
        </div>
        {'paceMicro' in outlook && (
          <div>
            <dt>A day, over the last 7</dt>
            <dd>
              <Amount micro={outlook.paceMicro} />
            </dd>
          </div>
        )}
        <div>
          <dt>At this pace</dt>
          <dd>{inWords(outlook)}</dd>
        </div>
      </dl>
    </div>
  );
}

function inWords(outlook: Outlook): string {
  switch (outlook.kind) {
    case 'idle':
      return 'too early to say';
    case 'used_up':
      return 'all of it is used up';
    case 'lasts':
      return 'lasts until the reset';
    case 'runs_out':
      return `runs out about ${formatDay(outlook.day)}`;
  }
}
