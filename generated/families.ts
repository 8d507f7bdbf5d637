// Made by `npm run generate` from spec/: do not edit.

import type { RequirementId } from './requirements.ts';

/** A requirement that `x-families` made: its check and its mutation are those of its kind. */
export interface FamilyRequirement {
  readonly id: RequirementId;
  readonly kind: FamilyKind;
  /** Where it is checked. */
  readonly operationIds: readonly string[];
}

export type FamilyKind = 'documented-answer' | 'closed-body' | 'foreign-unlisted' | 'foreign-hidden' | 'foreign-unchanged' | 'issued-key' | 'unique' | 'paged-walk' | 'paged-size' | 'paged-cursor';

export const familyRequirements: readonly FamilyRequirement[] = [
  {"id":"AIC-027","kind":"foreign-unchanged","operationIds":["updateAiConfig","updateWorkspaceMode"]},
  {"id":"FUZ-001","kind":"closed-body","operationIds":["updateAiConfig"]},
  {"id":"FUZ-002","kind":"closed-body","operationIds":["updateAiDefaults"]},
  {"id":"FUZ-010","kind":"documented-answer","operationIds":["listWorkspaces"]},
  {"id":"FUZ-011","kind":"documented-answer","operationIds":["createWorkspace"]},
  {"id":"FUZ-012","kind":"documented-answer","operationIds":["getWorkspace"]},
  {"id":"FUZ-013","kind":"documented-answer","operationIds":["deleteWorkspace"]},
  {"id":"FUZ-014","kind":"documented-answer","operationIds":["getAiConfig"]},
  {"id":"FUZ-015","kind":"documented-answer","operationIds":["updateAiConfig"]},
  {"id":"FUZ-016","kind":"documented-answer","operationIds":["getWorkspaceMode"]},
  {"id":"FUZ-017","kind":"documented-answer","operationIds":["updateWorkspaceMode"]},
  {"id":"FUZ-018","kind":"documented-answer","operationIds":["getWorkspaceUsageMetrics"]},
  {"id":"FUZ-019","kind":"documented-answer","operationIds":["getWorkspaceUsageSummary"]},
  {"id":"FUZ-020","kind":"documented-answer","operationIds":["getCredits"]},
  {"id":"FUZ-021","kind":"documented-answer","operationIds":["getAiUsage"]},
  {"id":"FUZ-022","kind":"documented-answer","operationIds":["getAccountUsageMetrics"]},
  {"id":"FUZ-023","kind":"documented-answer","operationIds":["getAccountUsageSummary"]},
  {"id":"FUZ-024","kind":"documented-answer","operationIds":["getAiDefaults"]},
  {"id":"FUZ-025","kind":"documented-answer","operationIds":["updateAiDefaults"]},
  {"id":"FUZ-026","kind":"documented-answer","operationIds":["updateAiMode"]},
  {"id":"FUZ-027","kind":"documented-answer","operationIds":["getLimits"]},
  {"id":"FUZ-028","kind":"documented-answer","operationIds":["listApiKeys"]},
  {"id":"FUZ-029","kind":"documented-answer","operationIds":["createApiKey"]},
  {"id":"FUZ-030","kind":"documented-answer","operationIds":["deleteApiKey"]},
  {"id":"FUZ-031","kind":"documented-answer","operationIds":["getCapacity"]},
  {"id":"FUZ-032","kind":"documented-answer","operationIds":["listTemplates"]},
  {"id":"FUZ-050","kind":"documented-answer","operationIds":["createChatCompletion"]},
  {"id":"FUZ-051","kind":"documented-answer","operationIds":["createCompletion"]},
  {"id":"FUZ-052","kind":"documented-answer","operationIds":["createResponse"]},
  {"id":"FUZ-053","kind":"documented-answer","operationIds":["createEmbedding"]},
  {"id":"FUZ-054","kind":"documented-answer","operationIds":["createMessage"]},
  {"id":"FUZ-055","kind":"documented-answer","operationIds":["countMessageTokens"]},
  {"id":"FUZ-056","kind":"documented-answer","operationIds":["googleGenerateContent"]},
  {"id":"FUZ-057","kind":"documented-answer","operationIds":["googleStreamGenerateContent"]},
  {"id":"FUZ-058","kind":"documented-answer","operationIds":["googleCountTokens"]},
  {"id":"FUZ-059","kind":"documented-answer","operationIds":["googleEmbedContent"]},
  {"id":"FUZ-060","kind":"documented-answer","operationIds":["googleBatchEmbedContents"]},
  {"id":"FUZ-070","kind":"documented-answer","operationIds":["getSubjectUsage"]},
  {"id":"KEY-002","kind":"issued-key","operationIds":["listApiKeys"]},
  {"id":"KEY-022","kind":"foreign-unchanged","operationIds":["deleteApiKey"]},
  {"id":"KEY-023","kind":"foreign-hidden","operationIds":["deleteApiKey"]},
  {"id":"WSP-002","kind":"foreign-unlisted","operationIds":["listWorkspaces","listApiKeys"]},
  {"id":"WSP-021","kind":"foreign-hidden","operationIds":["getWorkspace","getAiConfig","getWorkspaceMode","getWorkspaceUsageMetrics","getWorkspaceUsageSummary"]},
  {"id":"WSP-031","kind":"foreign-unchanged","operationIds":["deleteWorkspace"]},
  {"id":"WSP-032","kind":"foreign-hidden","operationIds":["deleteWorkspace","updateAiConfig","updateWorkspaceMode"]},
];
