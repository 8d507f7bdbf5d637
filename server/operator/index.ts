import type { RequestHandler } from 'express';
import { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
import { type OperatorPagesOptions, operatorPages } from './pages.ts';

export { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
export type { ObservedCall } from './observed-call.ts';

/** What the operator of a platform looks at: metrics, and whether the process lives and wants work. */
export interface Operator extends Pick<Metrics, 'record'> {
  readonly pages: RequestHandler;
}

export function createOperator(options: MetricsOptions & Omit<OperatorPagesOptions, 'metrics'>): Operator {
  const metrics = createMetrics(options);
  return { record: metrics.record, pages: operatorPages({ ...options, metrics }) };
}
