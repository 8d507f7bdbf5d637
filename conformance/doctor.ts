import type { Check } from './checks/check.ts';
import { documented } from './checks/documented.ts';
import { wantShape, wantStatus, wantThat } from './http/want.ts';
import { aiCall } from './platform/ai-call.ts';
import {
  type Config,
  type ConformanceConfig,
  collectSecrets,
  type ProviderName,
  profiles,
  providerNames,
  validateConfig,
} from './platform/config.ts';

import type { Stop } from './platform/target.ts';
import type { ExitCode } from './run/outcome.ts';
import { DEFAULT_LIMITS, run } from './run/run.ts';

import type { ConformanceOptions } from './suite.ts';

/** Whether a run of the suite could start, and how far it would come. */
export interface DoctorReport {
  /** Why nothing could be looked at. */
  readonly stop: Stop | null;
  readonly findings: readonly Finding[];
}

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, as the sentence that should hold. */
  readonly subject: string;
  /** `missing`: not supplied, or not to be found out; checks that need it will be unverified. */
  readonly state: 'ok' | 'missing' | 'wrong';
  /** What was found instead; empty where all is well. */
  readonly detail: string;
}

/** Looks at the set-up before a run: addresses, credentials, the stub's port, and whether the platform reaches the stub. */
export async function doctor(
  given: ConformanceConfig,
  options: Pick<ConformanceOptions, 'signal' | 'secretNames' | 'limits'> = {},
): Promise<DoctorReport> {
  const config = validateConfig(given);
  const secrets = collectSecrets(config, options.secretNames ?? new Map());
  const result = await run({
    config,
    profiles,
    checks: examinations(config),
    secrets,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    // No examination generates requests.
    fuzz: { seed: 0, cases: 1 },
    signal: options.signal ?? new AbortController().signal,
  });
  const findings = result.judged.map(({ check: { id }, judgement: { verdict, reason, expected, actual } }): Finding => {
    const detail = verdict === 'fail' ? `expected ${expected}, got ${actual}` : (reason ?? '');
    const state = verdict === 'pass' ? 'ok' : verdict === 'fail' || verdict === 'harness-error' ? 'wrong' : 'missing';
    return { subject: id, state, detail: secrets.redact(detail) };
  });
  const stop = result.stop;
  if (stop === undefined) return { stop: null, findings };
  return {
    stop: { kind: stop.kind, message: secrets.redact(stop.message), hint: secrets.redact(stop.hint) },
    findings: findings.filter((finding) => !finding.detail.startsWith('not run: ')),
  };
}

/** 0: all is well; 2: something is wrong; 3: the target does not answer; 4: something is missing. */
export function doctorExitCode({ stop, findings }: DoctorReport): ExitCode {
  if (stop !== null) return stop.kind === 'configuration' ? 2 : 3;
  if (findings.some((finding) => finding.state === 'wrong')) return 2;
  return findings.some((finding) => finding.state === 'missing') ? 4 : 0;
}

/** The findings for a terminal, one line each. */
export function renderDoctorText({ stop, findings }: DoctorReport): string {
  const lines = findings.map(({ subject, state, detail }) => {
    return `${state.padEnd(8)} ${subject}${detail === '' ? '' : `: ${detail}`}`;
  });
  return [...lines, ...(stop === null ? [] : [`stopped: ${stop.message}`, `hint: ${stop.hint}`]), ''].join('\n');
}

/** A check by the sentence that should hold, which is none of the contract's. */
function examine(id: string, needs: Check['needs'], run: Check['run']): Check {
  return { id, needs, run };
}

function examinations(config: Config): readonly Check[] {
  return [...accountExaminations, ...proxyExaminations, ...providerNames.map(providerExamination(config))];
}

const accountExaminations: readonly Check[] = [
  examine('the funded account has credits', [], async ({ funded }) => {
    const answered = await funded.get('/users/me/credits');
    const { remaining_micro } = wantShape(answered, documented('AiCredits'));
    wantThat(remaining_micro > 0, 'credits above zero', `${remaining_micro} microcredits`, answered);
  }),
  examine('the exhausted account has no credits', ['exhausted-key'], async ({ as }) => {
    const answered = await as('exhausted').get('/users/me/credits');
    const { remaining_micro } = wantShape(answered, documented('AiCredits'));
    wantThat(remaining_micro <= 0, 'no credits', `${remaining_micro} microcredits`, answered);
  }),
  examine('the other account answers', ['other-key'], async ({ as }) => {
    wantStatus(await as('other').get('/users/me/credits'), 200);
  }),
  examine('the funded account has room for a workspace of the suite', [], async ({ workspace }) => {
    await workspace();
  }),
];

const proxyExaminations: readonly Check[] = [
  examine('the proxy refuses a call without an identity', ['proxy'], async ({ anonymousProxy }) => {
    wantStatus(await anonymousProxy.post('/v1/chat/completions', { model: 'doctor', messages: [] }), 401);
  }),
  examine('the suite can call the proxy as a workspace of the funded account', ['proxy'], async ({ proxy }) => {
    await proxy();
  }),
  examine('the suite can call the proxy as a workspace of the exhausted account', ['proxy'], async ({ proxyAs }) => {
    await proxyAs('exhausted');
  }),
  examine('the suite can call the proxy as a workspace of the other account', ['proxy'], async ({ proxyAs }) => {
    await proxyAs('other');
  }),
];

function providerExamination(config: Config) {
  return (provider: ProviderName): Check =>
    examine(
      `${provider} calls reach the stub with the configured key`,
      ['proxy', 'stub', `price:${provider}`, `provider-key:${provider}`],
      async ({ stub, proxy, model, marker }) => {
        const { calls } = await stub(provider);
        const { path, body } = aiCall(provider, { model: model(provider).name, prompt: marker, maxTokens: 1 });
        const answered = await (await proxy()).shaped(provider).post(path, body);
        const wanted = config.providerKeys?.[provider];
        const others = (await calls()).filter((call) => call.credential !== wanted);
        wantThat(others.length === 0, `the key of providerKeys.${provider} at the stub`, 'another key', answered);
      },
    );
}
