import { ApiError, GoogleGenAI } from 'genai-sdk-1';
import { ANSWERED } from './driver.ts';
import { genaiDriver } from './genai.ts';

/** In a stream it looks for errors only in what is no event, so that an error event passes it by. */
export const genai1 = genaiDriver({
  name: '@google/genai 1.x',
  open: ({ proxy, key }) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy } }),
  ends({ fault }) {
    if (fault === undefined) return ANSWERED;
    if (fault.status !== undefined) {
      return { kind: 'raised', type: ApiError, message: fault.message, isWrapped: true };
    }
    return { kind: 'cut_short', note: 'genai 1.x reads no error event: the stream stops without a finish reason' };
  },
});
