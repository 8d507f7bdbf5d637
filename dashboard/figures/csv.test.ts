import { expect, it } from 'vitest';
import { usageByDayCsv, usageByStepCsv, usageByWorkspaceCsv } from './csv.ts';

const TOTALS = { requests: 2n, inputTokens: 30n, outputTokens: 4n, costMicro: 5_000_006n };

it('has a line for every row, all integers whole and credits with six decimals', () => {
  expect(usageByDayCsv([{ day: '2026-03-24', ...TOTALS }])).toBe(
    '\uFEFFday_utc,requests,input_tokens,output_tokens,credits_micro,credits\r\n' +
      '2026-03-24,2,30,4,5000006,5.000006\r\n',
  );
});

it('tells the start of a step in UTC', () => {
  expect(usageByStepCsv([{ startSeconds: 1_768_467_600, ...TOTALS }])).toContain('\r\n2026-01-15T09:00:00Z,2,');
});

it.each([
  ['shop, "new"', '"shop, ""new"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['@SUM(A1),', '"\'@SUM(A1),"'],
  ['-rf', "'-rf"],
  ['カフェ ☕', 'カフェ ☕'],
])('writes the name %j as %j, which no spreadsheet runs', (name, field) => {
  expect(usageByWorkspaceCsv([{ id: 'ws-1', name, ...TOTALS }])).toContain(`\r\nws-1,${field},2,`);
});
