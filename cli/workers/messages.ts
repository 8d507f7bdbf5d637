import type { RateBudget } from '../../server/http/rate-limits.ts';
import type { PlatformUrls } from '../../server/index.ts';
import type { Figures, Readiness } from '../../server/operator/index.ts';

/** How one worker is. */
export interface Report {
  readonly readiness: Readiness;
  readonly figures: Figures;
}

export type FromWorker =
  | { readonly kind: 'listening'; readonly urls: PlatformUrls }
  | { readonly kind: 'count'; readonly id: number; readonly budget: RateBudget; readonly who: string }
  | { readonly kind: 'report'; readonly id: number; readonly report: Report };

export type ToWorker =
  | { readonly kind: 'counted'; readonly id: number; readonly waitMs: number | undefined }
  | { readonly kind: 'ask_report'; readonly id: number }
  | { readonly kind: 'stop' };
