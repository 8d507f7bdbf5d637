import { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
import { checkReadiness, type OperatorPages, operatorPages, type Readiness, type ReadinessOptions } from './pages.ts';

export { createMetrics, type Metrics, type MetricsOptions, type ObservedCall } from './metrics.ts';
export { type OperatorPages, type OperatorPagesOptions, operatorPages, type Readiness } from './pages.ts';

/** What the operator of a platform looks at: metrics, and whether the process lives and takes work. */
export interface Operator extends Pick<Metrics, 'record' | 'register'> {
  readonly pages: OperatorPages;
  readiness(): Promise<Readiness>;
}

export function createOperator(options: MetricsOptions & ReadinessOptions): Operator {
  const metrics = createMetrics(options);
  const readiness = () => checkReadiness(options);
  return { ...metrics, readiness, pages: operatorPages({ metrics, readiness }) };
}
