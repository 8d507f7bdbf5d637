import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPrices } from '../../../cli/commands/prices.ts';
import { loadConfig } from '../../../server/config.ts';
import { createPlatform } from '../../../server/index.ts';
import { bundledCatalogue } from '../../../server/proxy/prices/catalogue-data.ts';
import { commandsHere } from '../../harness/commands.ts';

interface PublishedModel {
  readonly id: string;
  readonly match: object;
  readonly prices: object;
}

const rigkit = commandsHere(addPrices);
const folder = mkdtempSync(join(tmpdir(), 'rigkit-prices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rigkit prices update', () => {
  const listed = { id: 'gpt-4o', match: { equals: 'gpt-4o' }, context_window: 128_000 };
  /** A catalogue as genai-prices publishes it: the bundled one, in which a change is made first. */
  function publish(change: (models: PublishedModel[]) => PublishedModel[] = (models) => models): string {
    const providers = Object.entries(bundledCatalogue().models).map(([id, models]) => ({
      id,
      pricing_urls: ['https://example.com'],
      models: id === 'openai' ? change(models as PublishedModel[]) : models,
    }));
    return JSON.stringify(providers);
  }
  const without = (id: string) => (models: PublishedModel[]) => models.filter((model) => model.id !== id);
  const unchanged = { input_mtok: 2.5, cache_read_mtok: 1.25, output_mtok: 10, web_searches_kcount: 10 };
  const priced = (prices: object) => (models: PublishedModel[]) => [
    ...without('gpt-4o')(models),
    { ...listed, prices: { ...unchanged, ...prices } },
  ];
  const newModel = (models: PublishedModel[]) => [
    ...models,
    { id: 'gpt-99', match: { equals: 'gpt-99' }, prices: { input_mtok: 3, output_mtok: 9 } },
  ];

  let served = '';
  let status = 200;
  const server = createServer((_request, response) => response.writeHead(status).end(served));
  let url = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`;
  });
  afterAll(() => server.close());

  let count = 0;
  function updater() {
    count += 1;
    const dataDir = join(folder, `data-${count}`);
    return {
      dataDir,
      file: join(dataDir, 'price-catalogue.json'),
      update: (...flags: string[]) =>
        rigkit('prices', 'update', '--from', url, '--data-dir', dataDir, '--json', ...flags),
      show: (model: string) => rigkit('prices', model, '--data-dir', dataDir),
    };
  }

  it('brings the models of a newer catalogue, shows what changed, and says from where a price is', async () => {
    const { update, show, file } = updater();
    served = publish((models) => newModel(priced({ input_mtok: 2 })(models)));
    expect((await show('gpt-99')).code).toBe(1);
    const run = await update();
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ from: url, written: file });
    const told = { provider: 'openai', objection: null };
    expect(JSON.parse(run.stdout).changes).toEqual(
      expect.arrayContaining([
        { ...told, change: 'changed', model: 'gpt-4o', what: 'input', before: '2.5', after: '2' },
        { ...told, change: 'added', model: 'gpt-99', what: 'model', before: null, after: '3 in, 9 out' },
      ]),
    );
    const now = (await show('gpt-99')).stdout;
    expect(now).toContain(`the catalogue of ${new Date().toISOString().slice(0, 4)}`);
    expect(now).toContain(`from ${url}`);
    expect((await update()).stdout).toContain('"changes":[]');
  });

  it('writes nothing on trial', async () => {
    const { update, dataDir } = updater();
    served = publish(newModel);
    expect(JSON.parse((await update('--dry-run')).stdout)).toMatchObject({
      changes: [{ model: 'gpt-99' }],
      written: null,
    });
    expect(existsSync(dataDir)).toBe(false);
  });

  const tenfold = 'changes more than 10-fold';
  it.each([
    ['falls to zero', priced({ output_mtok: 0 }), { what: 'output', objection: 'falls to zero' }],
    ['rises more than tenfold', priced({ input_mtok: 25.1 }), { what: 'input', objection: tenfold }],
    ['falls to less than a tenth', priced({ input_mtok: 0.24 }), { what: 'input', objection: tenfold }],
    [
      'falls for long prompts alone',
      priced({ output_mtok: { base: 10, tiers: [{ start: 9, price: 0.9 }] } }),
      { what: 'output above 9 tokens', objection: tenfold },
    ],
    [
      'is gone, with most of the others',
      (models: PublishedModel[]) => models.slice(0, 9),
      { change: 'removed', objection: 'most models of openai are gone' },
    ],
  ])('wants a word where a price %s', async (_what, change, objection) => {
    const { update, file } = updater();
    served = publish(change);
    const refused = await update();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--accept');
    expect(JSON.parse(refused.stdout).changes).toContainEqual(expect.objectContaining(objection));
    expect(existsSync(file)).toBe(false);
    expect((await update('--accept')).code).toBe(0);
    expect(existsSync(file)).toBe(true);
  });

  it('takes a price that is exactly ten times what it was', async () => {
    served = publish(priced({ input_mtok: 25 }));
    expect((await updater().update()).code).toBe(0);
  });

  it.each([
    ['is no JSON', '<html>', 'not valid JSON'],
    ['is no list', '{}', 'expected array'],
    ['lacks a provider', publish().replace('"id":"google"', '"id":"goggle"'), 'the provider google is missing'],
    ['has a price below zero', publish(priced({ input_mtok: -1 })), 'openai.gpt-4o.prices'],
    ['has a price as text', publish(priced({ input_mtok: '1' })), 'openai.gpt-4o.prices'],
    [
      'has a rule for names that nobody knows',
      publish().replaceAll('"equals":"gpt-4o"', '"is":"gpt-4o"'),
      'gpt-4o.match',
    ],
  ])('takes nothing of a catalogue that %s, and says where', async (_what, text, fault) => {
    const { update, dataDir } = updater();
    served = text;
    const run = await update();
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(fault);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('says that the catalogue cannot be fetched', async () => {
    status = 503;
    const run = await updater().update();
    status = 200;
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`cannot be fetched from ${url}: it answered 503`);
  });

  it('reads a copy from a file', async () => {
    const copy = join(folder, 'copy.json');
    writeFileSync(copy, publish(newModel));
    const { dataDir, show } = updater();
    expect((await rigkit('prices', 'update', '--from', copy, '--data-dir', dataDir)).stdout).toContain('1 added');
    expect((await show('gpt-99')).code).toBe(0);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -9), 'not valid JSON'],
    ['changed by hand', (text: string) => text.replace('"input_mtok":3,', '"input_mtok":1,'), 'sha256'],
    ['of another format', (text: string) => text.replace('"format":1', '"format":2'), 'format'],
  ])('leaves a file that stops the start once it is %s, until it is made again', async (_what, damage, fault) => {
    const { update, file, dataDir, show } = updater();
    served = publish(newModel);
    await update();
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    const config = { ...loadConfig({ RIGKIT_DATA_DIR: dataDir }), secretKey: new Uint8Array(32) };
    await expect(createPlatform(config)).rejects.toThrow(new RegExp(`${file}: .*${fault}.*rigkit prices update`, 's'));
    expect(await show('gpt-99')).toMatchObject({ code: 2, stderr: expect.stringContaining(file) });
    expect((await update()).code).toBe(0);
    expect((await show('gpt-99')).code).toBe(0);
  });

  it('brings rules, and wants a word for one that lets something through free of charge', async () => {
    const { update, dataDir } = updater();
    const rule = { provider: 'openai', operation: 'responses', shape: 'tool', clause: 'https://example.com' };
    const search = { ...rule, type: 'web_search_2027_01_01', like: 'web_search' };
    const publishRules = (...rules: object[]) => JSON.stringify({ providers: JSON.parse(publish()), rules });
    served = publishRules(search);
    expect(JSON.parse((await update()).stdout).changes).toMatchObject([
      { change: 'added', model: 'responses', what: 'tool.type web_search_2027_01_01', after: 'metered' },
    ]);
    const rules = await rigkit('prices', '--rules', '--data-dir', dataDir, '--provider', 'openai', '--json');
    expect(JSON.parse(rules.stdout).rules).toContainEqual(
      expect.objectContaining({ path: 'tool.type web_search_2027_01_01', verdict: 'metered' }),
    );
    served = publishRules(search, { ...rule, type: 'code_interpreter', verdict: 'free' });
    const refused = await update();
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('refused to free') });
    served = publishRules({ ...search, shape: 'tol' });
    expect(await update()).toMatchObject({ code: 2, stderr: expect.stringContaining('rules: openai responses tol') });
  });

  it('stands under the prices file of the operator', async () => {
    const { update, dataDir } = updater();
    served = publish(newModel);
    await update();
    const file = join(folder, 'over.json');
    writeFileSync(file, JSON.stringify({ 'gpt-99': { provider: 'openai', input: 1, output: 2 } }));
    const shown = await rigkit('prices', 'gpt-99', '--data-dir', dataDir, '--prices-file', file);
    expect(shown.stdout).toContain("the operator's prices file");
  });
});

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
          context_tokens: 134_400,
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

  it('shows the rules, with those of the prices file, as tables and as JSON', async () => {
    const file = join(folder, 'rules.json');
    const rule = { provider: 'anthropic', operation: 'messages', shape: 'request', clause: 'https://example.com' };
    const [added, none] = [
      { ...rule, field: 'turbo', verdict: 'refused', why: 'It is dear.' },
      { ...rule, shape: 'x', field: 'f', verdict: 'free' },
    ];
    writeFileSync(file, JSON.stringify({ rules: [added] }));
    const shown = await rigkit('prices', '--rules', '--prices-file', file);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('| `request.turbo` | refused | It is dear. | https://example.com |');
    expect(shown.stdout).toContain('## google: generateContent');
    const bundled = await rigkit('prices', '--rules', '--json', '--provider', 'anthropic');
    const { rules: rows, terms }: Record<string, { provider: string }[]> = JSON.parse(bundled.stdout);
    expect(new Set([rows, terms].flat().map((row) => row?.provider))).toEqual(new Set(['anthropic']));
    expect(rows).toContainEqual(expect.objectContaining({ path: 'tool.type web_search_20250305', verdict: 'metered' }));
    writeFileSync(file, JSON.stringify({ rules: [none] }));
    const wrong = await rigkit('prices', '--rules', '--prices-file', file);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('RIGKIT_PRICES_FILE: rules: anthropic') });
  });

  it('lists what has a price, one provider alone too', async () => {
    const all = await rigkit('prices', '--json');
    const google = await rigkit('prices', '--json', '--provider', 'google');
    const providers = (text: string) => new Set(JSON.parse(text).map((row: { provider: string }) => row.provider));
    expect(providers(all.stdout)).toEqual(new Set(['openai', 'anthropic', 'google']));
    expect(providers(google.stdout)).toEqual(new Set(['google']));
  });
});
