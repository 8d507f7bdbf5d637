import { describe, expect, it } from 'vitest';
import { PriceFileError, parsePriceOverrides } from './overrides.ts';

describe('a prices file', () => {
  it('is read as it stands', () => {
    const entry = { provider: 'openai', input: 2.5, cached_input: 1.25, output: 10, context: 128000 };
    expect(parsePriceOverrides(JSON.stringify({ 'gpt-4o': entry }))).toEqual({ 'gpt-4o': entry });
  });

  it.each([
    ['that is no JSON', '{', 'not valid JSON'],
    ['that is a list', '[]', 'expected record'],
    ['without an output price', '{"m":{"provider":"openai","input":1}}', 'm.output'],
    ['with a field that nobody knows', '{"m":{"provider":"openai","input":1,"output":1,"inputs":2}}', 'inputs'],
    ['for a provider that nobody knows', '{"m":{"provider":"acme","input":1,"output":1}}', 'm.provider'],
    ['with a price below zero', '{"m":{"provider":"openai","input":-1,"output":1}}', 'm.input'],
    ['with half a token', '{"m":{"provider":"openai","input":1,"output":1,"context":0.5}}', 'm.context'],
  ])('%s is refused with its fault', (_what, json, fault) => {
    expect(() => parsePriceOverrides(json)).toThrow(PriceFileError);
    expect(() => parsePriceOverrides(json)).toThrow(fault);
  });

  it('with several faults names them all', () => {
    expect(() => parsePriceOverrides('{"a":{"provider":"openai"}}')).toThrow(/a\.input.*a\.output/);
  });
});

it('refuses a price with more decimals than a rate can hold', () => {
  const priced = (input: number) => JSON.stringify({ own: { provider: 'openai', input, output: 1 } });
  expect(() => parsePriceOverrides(priced(0.12345678))).not.toThrow();
  expect(() => parsePriceOverrides(priced(0.123456789))).toThrow('eight decimals');
});
