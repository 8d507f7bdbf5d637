import { isAbsent, isObject, type RequestCheck } from './json.ts';
import type { JsonObject } from './operation.ts';

/**
 * A field that Gemini reads under two spellings, `generationConfig` and `generation_config`. With both there, nobody knows
 * which one counts: that is a fault.
 */
export function eitherSpelling(object: JsonObject, camel: string, check?: RequestCheck): readonly [string, unknown] {
  const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (camel !== snake && !isAbsent(object[camel]) && !isAbsent(object[snake])) {
    check?.fault(camel, `${camel}: must not be given twice, as ${camel} and ${snake}.`);
  }
  return isAbsent(object[camel]) && !isAbsent(object[snake]) ? [snake, object[snake]] : [camel, object[camel]];
}

/** The value of a field under either spelling, where it is an object. */
export function objectField(object: JsonObject, camel: string): JsonObject | undefined {
  const [, value] = eitherSpelling(object, camel);
  return isObject(value) ? value : undefined;
}
