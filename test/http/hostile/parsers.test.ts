import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../server/config.ts';
import { findRoute } from '../../../server/proxy/apis/routes.ts';
import type { JsonObject } from '../../../server/proxy/apis/wire-values.ts';
import { createCharges, createPriceSource } from '../../../server/proxy/index.ts';
import { scanJson } from '../../../server/proxy/json-text.ts';
import { PriceFileError, parsePriceOverrides } from '../../../server/proxy/prices/overrides.ts';
import { quoteCall } from '../../../server/proxy/quote.ts';
import { readSubject, subjectRefusal } from '../../../server/proxy/subjects.ts';
import { check, nasty, object, operations, route, seed } from './draw.ts';

describe(`whatever is read (seed ${seed})`, () => {
  const prices = createPriceSource();
  const charges = createCharges();
  const workspace = {
    accountId: 'a',
    workspaceId: 'w',
    mode: 'managed',
    provider: 'openai',
    model: 'gpt-4o-mini',
    byokKey: null,
  } as const;
  const access = { baseUrl: 'http://127.0.0.1/v1', apiKey: 'sk-platform' };
  const providers = { openai: access, anthropic: access, google: access };

  it('as the body of a call is refused, or quoted at a price', () => {
    const known = fc.constantFrom('gpt-4o-mini', 'claude-haiku-4-5', 'gemini-2.5-flash', 'text-embedding-3-small');
    const body = fc
      .tuple(object, fc.option(known))
      .map(([given, model]) => (model === null ? given : { ...given, model }));
    const property = fc.property(route, body, (called, given) => {
      // As it comes from the wire: with members that an object literal cannot have.
      const text = JSON.stringify(given);
      const read: JsonObject = JSON.parse(text);
      const quote = quoteCall(
        {
          ...called,
          body: {
            kind: 'body',
            json: read,
            text: scanJson(Buffer.from(text)),
          },
          workspace,
          at: 1.8e12,
        },
        { prices, providers, charges },
      );
      if (quote.kind === 'refused') return;
      JSON.parse(quote.body?.toString('utf8') ?? '');
      const isMetered = called.operation.charge === 'metered';
      expect(quote.holdMicro > 0n, `a hold of ${quote.holdMicro}`).toBe(isMetered);
    });
    fc.assert(property, check);
  });

  it.each<readonly [string, unknown]>([
    ['that hides how', { toString: null }],
    ['that says no how', { valueOf: null, toString: 1 }],
    ['in a list', [{ toString: null }]],
  ])('as the kind of a tool or tier is no text, though it cannot become one: %s', (_case, kind) => {
    for (const called of operations) {
      const body = { tools: [{ type: kind }], serviceTier: kind, service_tier: kind, model: 'gpt-4o-mini' };
      expect(() => called.operation.read(body, called.parts)).not.toThrow();
    }
  });

  it('as the limits of a subject is refused, or can be told', () => {
    const part = fc.constantFrom(
      '0',
      '1',
      '5req',
      '0.000001',
      '999999999',
      '999999999req',
      '-1',
      '1e9',
      '٣',
      'req',
      '',
      '0x1',
      '1.',
    );
    const window = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('1', '0', '36525', '36526', '999999999', '9999999999', ''),
          fc.constantFrom('', 's', 'm', 'h', 'd', 'w'),
        )
        .map((two) => two.join('')),
      fc.string(),
    );
    const limit = fc.oneof(
      fc
        .tuple(fc.constantFrom('1', '5req'), fc.constantFrom('1s', '36525d', '36526d', '999999999d', '999999999'))
        .map(([amount, of]) => `${amount};window=${of}`),
      fc
        .tuple(part, fc.constantFrom('period', 'window', 'PERIOD', ''), window)
        .map(([amount, name, of]) => `${amount};${name}=${of}`),
      fc.string(),
    );
    const limits = fc.array(limit, { maxLength: 3 });
    const property = fc.property(fc.string({ unit: 'binary' }), limits, limits, (name, budgets, rates) => {
      const request = new IncomingMessage(new Socket());
      request.headersDistinct['x-rigbox-subject-budget'] = budgets;
      request.headersDistinct['x-rigbox-subject-rate'] = rates;
      const outcome = readSubject(request, name);
      if (outcome.kind === 'refused') {
        expect(outcome.code).toBe('subject_limit_malformed');
        return;
      }
      expect([...(outcome.subject?.name ?? '')].length).toBeLessThanOrEqual(256);
      for (const kept of outcome.subject?.limits ?? []) {
        const told = subjectRefusal(
          name,
          { limit: kept, used: 1n, resetsAt: 1.8e12 + kept.windowSeconds * 1_000 },
          1.8e12,
        );
        expect(JSON.stringify(told.details)).toContain('resets_at');
      }
    });
    fc.assert(property, check);
  });

  it('as a path leads to an operation of the contract, or nowhere', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      'v1',
      'v1beta',
      'openai',
      'google',
      'anthropic',
      'models',
      '..',
      '%2e',
      '%2f',
      '%',
      ':',
      'generateContent',
      'chat/completions',
      'a',
      '\0',
      '?',
      '#',
      '@',
      '\\',
    );
    const pieces = fc.array(fc.oneof(piece, fc.string()), { maxLength: 10 }).map((some) => some.join(''));
    const path = fc.oneof(
      pieces.map((text) => `/${text}`),
      pieces.map((text) => `/google/v1beta/models/${text}:generateContent`),
    );
    const property = fc.property(path, (text) => {
      const found = findRoute('POST', text, {});
      if (found?.kind !== 'operation') return;
      const endpoint = found.operation.endpoint(found.native ?? 'google', found.parts.model ?? 'm', found.parts);
      if (endpoint === undefined) return;
      const { pathname, search, hash } = new URL(`http://provider${endpoint.path}`);
      expect(pathname + search + hash).toBe(endpoint.path);
      expect(search + hash).toBe('');
      expect(found.parts.model ?? 'm').toMatch(/^[\w.@-]+$/);
    });
    fc.assert(property, { ...check, numRuns: 5 * check.numRuns });
  });

  it('as settings is refused without showing them, or taken', () => {
    const names = [
      'HOST',
      'PORT',
      'PROXY_PORT',
      'DATABASE_URL',
      'SECRET_KEY',
      'SECRET_KEYS_PREVIOUS',
      'OPENAI_BASE_URL',
      'WORKSPACE_NETWORK',
      'UPSTREAM_IDLE_TIMEOUT_MS',
      'TRUST_SOURCE_ADDRESS',
      'LOG_LEVEL',
      'DATABASE_POOL',
      'NOBODY',
    ];
    const setting = fc.oneof(
      fc.string({ minLength: 12 }),
      nasty.map((given) => String(JSON.stringify(given))),
      fc.webUrl(),
      fc.ipV4(),
    );
    const settings = fc.dictionary(fc.constantFrom(...names.map((name) => `RIGKIT_${name}`)), setting);
    const property = fc.property(settings, (given) => {
      try {
        expect(Object.isFrozen(loadConfig(given))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        const secrets = Object.values(given).filter((text) => text.trim().length >= 12);
        for (const secret of secrets) expect(String(error)).not.toContain(secret);
      }
    });
    fc.assert(property, check);
  });

  it('as a file of prices is refused, or can be charged by', () => {
    const number = fc.oneof(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 1_000 }),
      nasty,
      fc.constantFrom(1e-8, 1e21, 1e300, 0.1),
    );
    const entry = fc.record(
      { provider: fc.constantFrom('openai', 'google', 'nobody'), input: number, output: number, context: number },
      { requiredKeys: ['provider'] },
    );
    const file = fc.oneof(
      fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), entry).map((prices) => JSON.stringify(prices)),
      fc.json(),
      fc.string(),
    );
    const property = fc.property(file, (text) => {
      try {
        const source = createPriceSource({ overrides: parsePriceOverrides(text) });
        for (const name of source.names('openai', 1.8e12))
          expect(source.find('openai', name, 1.8e12)?.base.input).toBeTypeOf('bigint');
      } catch (error) {
        expect(error).toBeInstanceOf(PriceFileError);
      }
    });
    fc.assert(property, { ...check, numRuns: 150 });
  });
});
