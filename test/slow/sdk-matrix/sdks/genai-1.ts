import { ApiError, GoogleGenAI } from 'genai-sdk-1';
import { ANSWERED } from './driver.ts';
import { genaiDriver } from './genai.ts';

/** In a stream it looks for errors only in what is no event: the echo of an error event is for it. */
export const genai1 = genaiDriver({
  name: '@google/genai 1.x',
  open: ({ proxy, key }) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy } }),
  ends: ({ fault }) =>
    fault === undefined ? ANSWERED : { kind: 'raised', type: ApiError, message: fault.message, isWrapped: true },
});
