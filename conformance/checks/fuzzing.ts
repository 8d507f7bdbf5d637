import type { ProviderName } from '../platform/config.ts';
import { type Check, catalogue, check, isFuzzed, type Requirement } from './check.ts';
import { fuzzControlPlane, fuzzProxy } from './steps/fuzzing.ts';
import { stubbed } from './steps/metering.ts';

/** What the API's public documentation refuses; the other kinds are this contract's decision. */
const DOCUMENTED_KINDS = ['an unknown field', 'a wrong type'] as const;

const SHAPES: Readonly<Partial<Record<Requirement['profile'], ProviderName>>> = {
  'proxy-openai': 'openai',
  'proxy-anthropic': 'anthropic',
  'proxy-google': 'google',
};

/** Requests generated from the contract itself: a requirement for each operation, under its own id. */
export const checks: readonly Check[] = catalogue.filter(isFuzzed).map(fuzzCheck);

function fuzzCheck({ id, api, operationId, profile, source }: Requirement): Check {
  if (api === 'control-plane') {
    const kinds = source === 'documented' ? DOCUMENTED_KINDS : undefined;
    return check(id, [], (t) => fuzzControlPlane(t, operationId, kinds));
  }
  const shape = SHAPES[profile];
  if (shape === undefined) return check(id, ['proxy'], (t) => fuzzProxy(t, operationId, 'openai'));
  return check(id, stubbed(shape), (t) => fuzzProxy(t, operationId, shape));
}
