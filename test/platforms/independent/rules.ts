type Rule = (value: unknown) => boolean;

export const among = (...allowed: readonly unknown[]): Rule => {
  return (value) => allowed.includes(value);
};

/** Not blank, and without control characters, unless another pattern says otherwise. */
export const text = (longest: number, pattern = /^(?=.*\S)[^\p{Cc}]*$/u): Rule => {
  return (value) => typeof value === 'string' && [...value].length <= longest && pattern.test(value);
};

export const count: Rule = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31;

export const idList: Rule = (value) => Array.isArray(value) && value.length <= 64 && value.every(text(128, /^/));

export const orNull = (rule: Rule): Rule => {
  return (value) => value === null || rule(value);
};
