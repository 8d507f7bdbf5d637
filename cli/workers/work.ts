import cluster from 'node:cluster';
import type { RateBudget, RateCounter } from '../../server/http/rate-limits.ts';
import type { Platform } from '../../server/index.ts';
import type { FromWorker, Report, ToWorker } from './messages.ts';
import { createQuestions } from './questions.ts';

/**
 * What a worker process does: serves the platform until it is told to stop, by whoever started it or by a signal, and then
 * finishes what is under way. Its process group may hear a Ctrl-C as well: being told twice is not being told to hurry.
 */
export async function work(create: (rateCounter: RateCounter) => Promise<Platform>): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.resolve());
  const counts = createQuestions<{ budget: RateBudget; who: string }, number | undefined>((id, question) =>
    tell({ kind: 'count', id, ...question }),
  );
  let platform: Platform | undefined;
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'stop') stopped.resolve();
    if (message.kind === 'counted') counts.answered(message.id, message.waitMs);
    if (message.kind === 'ask_report')
      report(platform).then((said) => said && tell({ kind: 'report', id: message.id, report: said }));
  });
  try {
    platform = await create((budget, who) => counts.ask({ budget, who }));
    tell({ kind: 'listening', urls: await platform.listen() });
    await stopped.promise;
    await platform.close();
  } finally {
    cluster.worker?.disconnect();
  }
}

async function report(platform: Platform | undefined): Promise<Report | undefined> {
  if (platform?.operator === undefined) return undefined;
  const [readiness, figures] = await Promise.all([platform.operator.readiness(), platform.operator.figures()]);
  return { readiness, figures };
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
