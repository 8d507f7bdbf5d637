import type { ProviderName } from '../money/prices.ts';
import type { Endpoint, Operation, PathParts } from './apis/operation.ts';
import { pickMembers, type ScannedJson } from './json-text.ts';

/** A call that counts the tokens of a request. */
export interface CountCall {
  readonly endpoint: Endpoint;
  readonly queryParameters: readonly string[];
  readonly body: Buffer;
  /** Undefined where the response has no count. */
  readTokens(text: string): number | undefined;
}

interface Countable {
  readonly operation: Operation;
  readonly provider: ProviderName;
  readonly model: string;
  readonly parts: PathParts;
  readonly text: ScannedJson;
}

/** The call that counts the input of a call before it; undefined where a count would leave something out. */
export function inputCountCall({ operation, provider, model, parts, text }: Countable): CountCall | undefined {
  const counting = operation.inputCounting;
  const endpoint = counting?.endpoint(provider, model, parts);
  if (counting === undefined || endpoint === undefined) return undefined;
  const { counted, withoutInput, within, queryParameters, readTokens } = counting;
  if (text.root.members.some(({ key }) => !counted.has(key) && !withoutInput.has(key))) return undefined;
  const request = pickMembers(text, (key) => counted.has(key), { model: JSON.stringify(counting.nameModel(model)) });
  const body =
    within === undefined
      ? request
      : Buffer.concat([Buffer.from(`{${JSON.stringify(within)}:`), request, Buffer.from('}')]);
  return { endpoint, queryParameters, body, readTokens };
}
