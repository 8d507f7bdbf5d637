import { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
import { type OperatorPages, operatorPages } from './pages.ts';
import { type Readiness, type ReadinessOptions, readinessOf } from './readiness.ts';

export { inTime, STORE_DEADLINE_MS } from './deadline.ts';
export { createMetrics, type Figures, type Metrics, type MetricsOptions, sumOfFigures } from './metrics.ts';
export type { ObservedCall } from './observed-call.ts';
export { type OperatorPages, type OperatorPagesOptions, operatorPages } from './pages.ts';
export type { Readiness } from './readiness.ts';

/** What the operator of a platform looks at: metrics, and whether the process lives and wants work. */
export interface Operator extends Pick<Metrics, 'record' | 'figures'> {
  readonly pages: OperatorPages;
  readiness(): Promise<Readiness>;
}

export function createOperator(options: MetricsOptions & ReadinessOptions): Operator {
  const metrics = createMetrics(options);
  const readiness = () => readinessOf(options);
  return { ...metrics, readiness, pages: operatorPages({ metrics, readiness }) };
}
