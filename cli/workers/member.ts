import cluster, { type Worker } from 'node:cluster';
import type { RateCounter } from '../../server/http/rate-limits.ts';
import type { PlatformUrls } from '../../server/index.ts';
import type { FromWorker, Report, ToWorker } from './messages.ts';
import { createQuestions } from './questions.ts';

/** A worker process, as the process sees it that started it. */
export interface Member {
  readonly pid: number | undefined;
  /** When it listens; never, where it ends before that. */
  readonly listening: Promise<PlatformUrls>;
  /** How it ended: an exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Waits for as long as it does not answer. */
  report(): Promise<Report>;
  /** Has it finish what is under way, and end. */
  stop(): void;
}

/** Starts one more of this same program. Rate limits are counted here, for all of them together. */
export function startMember(rateCounter: RateCounter): Member {
  // Workers accept for themselves: a connection that is being handed to one that is killed would hang, answered by nobody.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ serialization: 'advanced' });
  const worker = cluster.fork();
  const listening = Promise.withResolvers<PlatformUrls>();
  const ended = Promise.withResolvers<number | NodeJS.Signals>();
  worker.on('exit', (code: number | null, signal: NodeJS.Signals) => ended.resolve(code ?? signal));
  worker.on('error', () => ended.resolve(1));
  const reports = createQuestions<void, Report>((id) => tell(worker, { kind: 'ask_report', id }));
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'listening') listening.resolve(message.urls);
    if (message.kind === 'report') reports.answered(message.id, message.report);
    if (message.kind === 'count') count(message);
  });
  async function count({ id, budget, who }: FromWorker & { kind: 'count' }): Promise<void> {
    tell(worker, { kind: 'counted', id, waitMs: await rateCounter(budget, who) });
  }
  return {
    pid: worker.process.pid,
    listening: listening.promise,
    ended: ended.promise,
    report: reports.ask,
    stop: () => tell(worker, { kind: 'stop' }),
  };
}

/** One that is gone needs to be told nothing. */
function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
