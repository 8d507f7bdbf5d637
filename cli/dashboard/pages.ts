import express, { type RequestHandler } from 'express';
import { dashboardFolder } from './folder.ts';

/** Nothing inline and nothing from other origins, except data: the user may enter the URL of another platform. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self' http: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Serves the dashboard at `/`; other paths pass on. */
export function dashboardPages(): RequestHandler {
  const router = express.Router();
  router.get(['/', '/favicon.svg', '/assets/*file'], async (request, response, next) => {
    const files = express.static(await dashboardFolder(), { cacheControl: false });
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    // Names of assets change with their content; the page that names them does not.
    const isAsset = request.path.startsWith('/assets/');
    response.setHeader('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    files(request, response, next);
  });
  return router;
}

/** Builds the page before its first request. In an installed package there is nothing to build. A failure shows at that request. */
export function prepareDashboard(): void {
  void dashboardFolder().catch(() => {});
}
