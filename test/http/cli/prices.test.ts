import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addPrices } from '../../../cli/commands/prices.ts';
import { commandsHere } from '../../harness/commands.ts';

const rigkit = commandsHere(addPrices);
const folder = mkdtempSync(join(tmpdir(), 'rigkit-prices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rigkit prices', () => {
  it('shows what a model costs and why, by the prices file that is given', async () => {
    const file = join(folder, 'prices.json');
    writeFileSync(file, JSON.stringify({ 'house-model': { provider: 'openai', input: 0.5, output: 2 } }));
    const listed = await rigkit('prices', 'openai/gpt-4o-mini-2031-12-24', '--json');
    const own = await rigkit('prices', 'house-model', '--prices-file', file, '--json');
    const text = await rigkit('prices', 'claude-sonnet-4-5');
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      is_priced: true,
      prices: [
        {
          provider: 'openai',
          model: 'gpt-4o-mini',
          matched_by: 'date_suffix',
          source: 'catalogue',
          context_tokens: 128_000,
          rates: { input: { usd_per_million: '0.15', micro_per_million: 15_000_000 } },
        },
      ],
    });
    expect(JSON.parse(own.stdout).prices).toMatchObject([
      { matched_by: 'override', rates: { output: { usd_per_million: '2' } } },
    ]);
    expect(text.stdout).toMatch(/claude-sonnet-4-5 at anthropic[\s\S]*above 200,000 input tokens/);
  });

  it('says that calls to a model without a price are refused, with near names, and exits 1', async () => {
    const unknown = await rigkit('prices', 'claude-sonnet-5-5', '--json');
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ is_priced: false, prices: [] });
    expect(unknown.stderr).toMatch(
      /no price is known for "claude-sonnet-5-5": managed calls to it are refused.*claude-sonnet-5/,
    );
  });

  it('lists what has a price, one provider alone too', async () => {
    const all = await rigkit('prices', '--json');
    const google = await rigkit('prices', '--json', '--provider', 'google');
    const providers = (text: string) => new Set(JSON.parse(text).map((row: { provider: string }) => row.provider));
    expect(providers(all.stdout)).toEqual(new Set(['openai', 'anthropic', 'google']));
    expect(providers(google.stdout)).toEqual(new Set(['google']));
  });
});
