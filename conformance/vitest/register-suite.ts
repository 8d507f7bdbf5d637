import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Check, catalogue, type Requirement } from '../checks/check.ts';
import type { ConformanceConfig } from '../platform/config.ts';
import { buildResult } from '../report/build-report.ts';
import { evidenceText, knownLine, verdictLine } from '../report/evidence-text.ts';
import { weigh } from '../report/findings.ts';
import type { Result } from '../report/report.ts';
import { baselineProblem, useBaseline } from '../run/baseline.ts';
import { type Judged, type OpenRun, openRun } from '../run/run.ts';
import { type ConformanceOptions, type Plan, planSuite } from '../suite.ts';

/** How the tests are run: the options of `runConformance` that make sense where vitest drives. */
export type RegisterOptions = Omit<ConformanceOptions, 'shuffle' | 'signal' | 'onResult'>;

/**
 * One after the other in the suite's own order, each once: the checks share an account, whose balance they look at. No
 * limit of time but the suite's own: its clock stands still while a rate limit is waited out.
 */
const IN_ORDER = { concurrent: false, shuffle: false, retry: 0, timeout: 0 } as const;

/** Registers a test for each requirement of `all` that the options select. */
export function registerSuite(
  config: ConformanceConfig,
  checks: readonly Check[],
  options: RegisterOptions = {},
  all: readonly Requirement[] = catalogue,
): void {
  const plan = planSuite(config, checks, options, all);
  let opening: Promise<OpenRun> | undefined;
  const open = () => (opening ??= openRun(plan.run));

  describe('rigkit conformance', IN_ORDER, () => {
    beforeAll(async () => {
      const { stop } = await open();
      if (stop !== undefined) throw new Error(plan.run.secrets.redact(`${stop.message}; ${stop.hint}`));
    }, 0);

    afterAll(async () => {
      const opened = await open().catch(() => undefined);
      const ended = await opened?.end();
      for (const line of ended?.leftBehind ?? []) {
        console.warn(`left behind on the platform: ${plan.run.secrets.redact(line)}`);
      }
    }, 0);

    for (const [profile, cases] of Map.groupBy(plan.cases, ({ requirement }) => requirement.profile)) {
      describe(profile, IN_ORDER, () => {
        for (const { requirement, check } of cases) {
          test(`${requirement.id} ${requirement.sentence}`, IN_ORDER, async ({ skip }) => {
            const result = readResult(plan, requirement, await (await open()).judge(check));
            const failure = findFailure(result);
            if (failure !== undefined) throw failure;
            const note = describeSkip(result);
            if (note !== undefined) skip(note);
          });
        }
      });
    }
  });
}

/** Throws where an entry of the baseline does not fit the platform any more. */
function readResult({ baseline, run }: Plan, requirement: Requirement, judged: Judged): Result {
  const { id } = requirement;
  const listed = (baseline?.entries ?? []).filter((entry) => entry.id === id);
  const verdicts = [{ id, verdict: judged.judgement.verdict }];
  const [use] = baseline === undefined ? [] : useBaseline({ ...baseline, entries: listed }, verdicts, new Date());
  const problem = use && baselineProblem(use);
  if (problem !== undefined) throw new Error(problem);
  const excuse = use?.state === 'excuses' ? use : undefined;
  return buildResult(requirement, judged, { excuse, fuzz: run.fuzz, secrets: run.secrets });
}

/** What fails the test of a result, with its evidence; undefined where nothing does. */
export function findFailure(result: Result): Error | undefined {
  const weight = weigh(result);
  if (weight === 'failure') return tellingError('Violation', evidenceText(result));
  if (weight === 'error') return tellingError('HarnessError', evidenceText(result));
  return undefined;
}

/** Why the test of a result decides nothing; undefined where it passes or fails. */
export function describeSkip(result: Result): string | undefined {
  if (weigh(result) !== 'nothing') return undefined;
  if (result.baselined !== null) return `known failure: ${knownLine(result.baselined)}`;
  const what = result.verdict === 'fail' ? `${result.level} not followed` : result.verdict;
  return `${what}: ${verdictLine(result)}`;
}

/** Without a stack: what failed is the platform, and no line of code here says where. */
function tellingError(name: string, text: string): Error {
  const error = new Error(text);
  error.name = name;
  error.stack = `${name}: ${text}`;
  return error;
}
