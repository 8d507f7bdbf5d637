import { useEffect, useState } from 'preact/hooks';
import type { Account } from '../data/account.ts';
import { failureInWords, seconds } from './words.ts';

/** What stands in the way of fresh numbers, and when the page tries again. */
export function ConnectionNotice({ account }: { readonly account: Account }) {
  const connection = account.connection.value;
  if (connection.kind !== 'failing') return null;
  const { failure, retryAtMs } = connection;
  const hasNumbers = account.credits.value !== undefined;
  const isLimited = failure.kind === 'rate_limited';
  return (
    <section class="notice warn" role="status">
      <div>
        <h2>
          {isLimited ? 'Too many requests' : failure.kind === 'offline' ? 'No connection' : 'The platform has trouble'}
        </h2>
        <p>
          {isLimited ? 'The platform asked this page to wait.' : failureInWords(failure)}{' '}
          {hasNumbers && 'What you see is the last that was read.'}
        </p>
      </div>
      <p class="actions">
        <Countdown untilMs={retryAtMs} />
        {!isLimited && (
          <button type="button" onClick={account.refresh}>
            Try now
          </button>
        )}
      </p>
    </section>
  );
}

/** Not announced: it changes every second. */
function Countdown({ untilMs }: { readonly untilMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-live="off">{untilMs > nowMs ? `Next try in ${seconds(untilMs - nowMs)}` : 'Trying...'}</span>;
}
