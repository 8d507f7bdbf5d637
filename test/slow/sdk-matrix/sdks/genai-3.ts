import { ApiError, GoogleGenAI } from '@google/genai';
import { ANSWERED } from './driver.ts';
import { genaiDriver } from './genai.ts';

/** Calls `/v1beta` or `/v1`, and shows the whole error body as its message. */
export const genai3 = genaiDriver({
  name: '@google/genai 3.x',
  open: ({ proxy, key }) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy } }),
  ends: ({ fault }) =>
    fault === undefined ? ANSWERED : { kind: 'raised', type: ApiError, message: fault.message, isWrapped: true },
});
