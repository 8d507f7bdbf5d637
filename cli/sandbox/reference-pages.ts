import express, { type RequestHandler } from 'express';
import { writeReference } from '../reference.ts';

/** The pages carry their scripts and styles in themselves, which the platform's own policy would not allow. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  'worker-src blob:',
].join('; ');

/** Serves the reference under `/docs`, written into `folder` at the first request. */
export function referencePages(folder: string): RequestHandler {
  let written: Promise<string> | undefined;
  const pages = express.static(folder);
  const router = express.Router();
  router.use('/docs', async (request, response, next) => {
    // A failure is not remembered: the next request tries again.
    written ??= writeReference(folder).catch((error: unknown) => {
      written = undefined;
      throw error;
    });
    await written;
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    pages(request, response, next);
  });
  return router;
}
