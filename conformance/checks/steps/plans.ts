/** Why a sentence on a plan's numbers says nothing about the funded account. */
export function notOfPlan(plan: string, custom: boolean): string {
  return `the funded account is on plan ${plan}${custom ? ' with custom limits' : ''}`;
}
