import { type ConformanceOptions, runConformance, toExitCode } from '../../../conformance/index.ts';
import type { ReferencePlatform } from '../reference-platform.ts';
import type { Variant } from './variant.ts';

/**
 * Holds a variant to the suite, its order of checks and its generated requests drawn by the seed: whatever the report says
 * that it should not, one line each. Lawful variants have none.
 */
export async function objections(
  platform: ReferencePlatform,
  variant: Variant,
  options: Pick<ConformanceOptions, 'only' | 'fuzzCases'> & { readonly seed: number },
): Promise<readonly string[]> {
  await platform.reset();
  platform.use(variant);
  const config = variant.told?.(platform.config) ?? platform.config;
  const report = await runConformance(config, { ...options, shuffle: options.seed }).finally(() => platform.use({}));
  const verdicts = report.results.flatMap(({ id, verdict, reason, expected, actual }) => {
    const wanted = variant.instead?.[id] ?? { verdict: 'pass', reason: null };
    if (verdict === wanted.verdict && reason === wanted.reason) return [];
    return [`${id} ${verdict}: ${reason ?? `expected ${expected}, got ${actual}`}`];
  });
  const exitCode = toExitCode(report);
  return [
    ...verdicts,
    ...report.leftBehind.map((what) => `left behind: ${what}`),
    ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
  ];
}
