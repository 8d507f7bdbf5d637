import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { parseEvidence } from './evidence-file.ts';

const counts = {
  inputTokens: 100,
  outputTokens: 20,
  cachedInputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
};

describe('evidence', () => {
  const files: readonly [string, string][] = [
    [
      'a JSON array',
      `[{"hold_id":"req-1","cost_usd":0.0125,"model":"not read"},
        {"request_id":"req-2","input_tokens":100,"output_tokens":20,"cached_input_tokens":40}]`,
    ],
    [
      'JSON lines',
      `{"hold_id":"req-1","cost_usd":"0.0125"}\n\n{"hold_id":"req-2","input_tokens":100,"output_tokens":20,"cached_input_tokens":40,"cost_usd":null}\n`,
    ],
    [
      'CSV',
      '\uFEFFRequest_ID,model,cost_usd,input_tokens,output_tokens,cached_input_tokens\r\n' +
        'req-1,"a, b ""c""",0.0125,,,\r\nreq-2,x,,100,20,40\r\n',
    ],
    [
      'CSV without a line end at its end',
      'hold_id,cost_usd,input_tokens,output_tokens,cached_input_tokens\nreq-1,0.0125,,,\nreq-2,,100,20,40',
    ],
  ];
  it.each(files)('is read from %s', (_, content) => {
    expect(parseEvidence(content)).toEqual([
      { holdId: 'req-1', costUsd: '0.0125', usage: undefined },
      { holdId: 'req-2', costUsd: undefined, usage: { ...counts, cachedInputTokens: 40 } },
    ]);
  });

  it('may say both what a call cost and what it used', () => {
    const [one] = parseEvidence('[{"hold_id":"a","cost_usd":1e-7,"input_tokens":100,"output_tokens":20}]');
    expect(one).toEqual({ holdId: 'a', costUsd: '1e-7', usage: counts });
  });

  it.each([
    ['nothing', '', 'no row'],
    ['an empty array', '[]', 'no row'],
    ['a header alone', 'hold_id,cost_usd\n', 'no row'],
    ['broken JSON', '[{"hold_id":', 'not valid JSON'],
    ['a broken line', '{"hold_id":"a","cost_usd":1}\n{"hold_id":', 'line 2 is not valid JSON'],
    ['no hold', 'id,cost_usd\na,1', 'row 1: neither hold_id nor request_id'],
    ['neither cost nor tokens', '[{"hold_id":"a"}]', 'row 1: neither cost_usd nor tokens'],
    ['half of the tokens', '[{"hold_id":"a","input_tokens":1}]', 'come together'],
    ['a cost below zero', '[{"hold_id":"a","cost_usd":-1}]', 'row 1: cost_usd'],
    ['a cost that is none', 'hold_id,cost_usd\na,$1', 'row 1: cost_usd'],
    ['a fraction of a token', '[{"hold_id":"a","input_tokens":1.5,"output_tokens":1}]', 'row 1: input_tokens'],
    ['tokens below zero', 'hold_id,input_tokens,output_tokens\na,-1,2', 'row 1: input_tokens'],
    [
      'more cached than input',
      '[{"hold_id":"a","input_tokens":1,"output_tokens":1,"cached_input_tokens":2}]',
      'more cached',
    ],
    ['two rows for one call', 'hold_id,cost_usd\na,1\nb,1\na,2', 'rows 1 and 3 both name a'],
    ['a row with a cell too many', 'hold_id,cost_usd\na,1,2', 'row 1 has 3 cells, the header 2'],
    ['a quote out of place', 'hold_id,cost_usd\na,1"2', 'quote out of place'],
    ['a quote that does not end', 'hold_id,cost_usd\n"a,1', 'quote out of place'],
    ['something else than rows', '[1]', 'row 1'],
  ])('is refused with %s', (_, content, words) => {
    expect(() => parseEvidence(content)).toThrow(UsageError);
    expect(() => parseEvidence(content)).toThrow(words);
  });
});
