import type { Check } from './check.ts';
import { aiConfigChecks } from './control-plane/ai-config.ts';
import { aiDefaultsChecks } from './control-plane/ai-defaults.ts';
import { aiUsageChecks } from './control-plane/ai-usage.ts';
import { apiKeyChecks } from './control-plane/api-keys.ts';
import { authenticationChecks } from './control-plane/authentication.ts';
import { cataloguePagesChecks } from './control-plane/catalogue-pages.ts';
import { creditsChecks } from './control-plane/credits.ts';
import { errorChecks } from './control-plane/errors.ts';
import { foreignResourceChecks } from './control-plane/foreign-resources.ts';
import { limitsChecks } from './control-plane/limits.ts';
import { storedKeyChecks } from './control-plane/stored-key.ts';
import { usageMetricsChecks } from './control-plane/usage-metrics.ts';
import { workspaceModeChecks } from './control-plane/workspace-mode.ts';
import { workspaceChecks } from './control-plane/workspaces.ts';
import { fuzzChecks } from './fuzzing.ts';
import { anthropicChecks } from './proxy/anthropic.ts';
import { byokChecks } from './proxy/byok.ts';
import { freeCallChecks } from './proxy/free-calls.ts';
import { geminiEmbeddingChecks } from './proxy/gemini-embeddings.ts';
import { googleChecks } from './proxy/google.ts';
import { openAiChatChecks } from './proxy/openai-chat.ts';
import { openAiMeteringChecks } from './proxy/openai-metering.ts';
import { openAiNativeChecks } from './proxy/openai-native.ts';
import { openAiRoutesChecks } from './proxy/openai-routes.ts';
import { openAiSecrecyChecks } from './proxy/openai-secrecy.ts';
import { outageChecks } from './proxy/outages.ts';
import { routingChecks } from './proxy/routing.ts';
import { strangerChecks } from './proxy/strangers.ts';
import { streamChecks } from './proxy/streams.ts';
import { subjectEnvelopeChecks } from './proxy/subject-envelopes.ts';
import { subjectLimitChecks } from './proxy/subject-limits.ts';
import { subjectChecks } from './proxy/subjects.ts';
import { usageOfCallsChecks } from './proxy/usage-of-calls.ts';
import { workspaceKeyChecks } from './proxy/workspace-key.ts';

/** A check for every requirement of the catalogue that can be checked from outside. */
export const checks: readonly Check[] = [
  ...aiConfigChecks,
  ...storedKeyChecks,
  ...workspaceModeChecks,
  ...creditsChecks,
  ...aiUsageChecks,
  ...usageMetricsChecks,
  ...aiDefaultsChecks,
  ...limitsChecks,
  ...workspaceChecks,
  ...apiKeyChecks,
  ...foreignResourceChecks,
  ...cataloguePagesChecks,
  ...authenticationChecks,
  ...errorChecks,
  ...openAiChatChecks,
  ...openAiMeteringChecks,
  ...openAiSecrecyChecks,
  ...openAiRoutesChecks,
  ...openAiNativeChecks,
  ...anthropicChecks,
  ...googleChecks,
  ...geminiEmbeddingChecks,
  ...streamChecks,
  ...outageChecks,
  ...routingChecks,
  ...freeCallChecks,
  ...strangerChecks,
  ...byokChecks,
  ...usageOfCallsChecks,
  ...subjectChecks,
  ...subjectLimitChecks,
  ...subjectEnvelopeChecks,
  ...workspaceKeyChecks,
  ...fuzzChecks,
];
