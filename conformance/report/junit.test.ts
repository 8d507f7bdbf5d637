import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { makeReport, makeResult } from '../fixtures/reports.ts';
import { renderJunit } from './junit.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => ['testsuites', 'testsuite', 'testcase'].includes(name),
});

function parse(...results: Parameters<typeof makeResult>[]) {
  const xml = renderJunit(makeReport(results.map((given) => makeResult(...given))));
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites[0];
}

describe('the JUnit report', () => {
  it('has a suite for every profile, with its sums', () => {
    const { testsuite } = parse(
      ['AIC-001', 'pass'],
      ['AIC-002', 'fail'],
      ['OAI-001', 'harness-error', { profile: 'proxy-openai' }],
      ['OAI-002', 'unverified', { profile: 'proxy-openai' }],
    );
    expect(testsuite).toMatchObject([
      { name: 'control-plane', tests: '2', failures: '1', errors: '0', skipped: '0' },
      { name: 'proxy-openai', tests: '2', failures: '0', errors: '1', skipped: '1' },
    ]);
  });

  it('tells in a failure the sentence, expected, actual, call, replay line and rerun', () => {
    const [testcase] = parse(['AIC-002', 'fail']).testsuite[0].testcase;
    expect(testcase.failure).toMatchObject({ type: 'violation', message: 'expected status 400, got status 200' });
    for (const part of [
      'The platform keeps AIC-002.',
      'expected: status 400',
      'actual:   status 200',
      '> PUT https://staging.example/api/v1/workspaces/ws-1/ai-config',
      '< 200 after 7 ms',
      'replay:   curl',
      'again:    rigkit conformance --only AIC-002',
    ]) {
      expect(testcase.failure['#text']).toContain(part);
    }
  });

  it('takes a broken SHOULD for no failure, but keeps its story', () => {
    const [testcase] = parse(['AIC-021', 'fail', { level: 'SHOULD' }]).testsuite[0].testcase;
    expect(testcase.failure).toBeUndefined();
    expect(testcase).toHaveProperty('skipped');
    expect(testcase['system-out']).toContain('actual:   status 200');
  });

  it('names why a requirement is unverified', () => {
    const [testcase] = parse(['AIC-021', 'unverified', { reason: 'no proxy' }]).testsuite[0].testcase;
    expect(testcase['system-out']).toContain('unverified: no proxy');
  });

  it('stays well-formed whatever the platform answers', () => {
    const hostile = '</failure>]]>\u0000\u0008<!-- & "quoted" \ud800 \uffff';
    const [testcase] = parse(['AIC-002', 'fail', { actual: hostile }]).testsuite[0].testcase;
    expect(testcase.failure['#text']).toContain('</failure>]]>');
    expect(testcase.failure.message).toContain('"quoted"');
  });

  it('takes a known failure for none, and an entry of the baseline that does not fit for one', () => {
    const baselined = { reason: 'PLAT-1', expires: '2026-12-31' };
    const xml = renderJunit(
      makeReport([makeResult('AIC-002', 'fail', { baselined })], {
        baseline: [
          { id: 'AIC-002', ...baselined, state: 'excuses' },
          { id: 'AIC-003', ...baselined, state: 'stale' },
        ],
      }),
    );
    const [requirements, entries] = parser.parse(xml).testsuites[0].testsuite;
    expect(requirements).toMatchObject({ name: 'control-plane', failures: '0', skipped: '1' });
    expect(requirements.testcase[0]['system-out']).toContain('known:    PLAT-1 (until 2026-12-31)');
    expect(entries).toMatchObject({ name: 'baseline', tests: '2', failures: '1' });
    expect(entries.testcase[1].failure).toMatchObject({
      type: 'stale',
      message: expect.stringContaining('AIC-003 is stale'),
    });
  });
});
