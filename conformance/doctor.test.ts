import { afterEach, describe, expect, it } from 'vitest';
import { doctor, doctorExitCode, renderDoctorText } from './doctor.ts';
import { closePlatforms, PATIENT as limits, platform } from './fixtures/suite-runs.ts';

afterEach(closePlatforms);

const credits = (remaining_micro: number) => ({
  status: 200,
  json: { mode: 'managed', remaining: remaining_micro / 1e6, total: 1, remaining_micro, total_micro: 1_000_000 },
});

describe('the doctor', () => {
  it('names what is missing, without taking it for wrong', async () => {
    const report = await doctor((await platform()).config, { limits });
    expect(report.findings[0]).toEqual({ subject: 'the funded account has credits', state: 'ok', detail: '' });
    expect(report.findings.map(({ state }) => state)).not.toContain('wrong');
    expect(renderDoctorText(report)).toContain('the configuration does not supply `accounts.exhausted.apiKey`');
    expect(doctorExitCode(report)).toBe(4);
  });

  it('finds a funded account without credits', async () => {
    const target = await platform({ 'GET /users/me/credits': () => credits(0) });
    const report = await doctor(target.config, { limits });
    expect(report.findings[0]).toMatchObject({ state: 'wrong', detail: expect.stringContaining('0 microcredits') });
    expect(doctorExitCode(report)).toBe(2);
  });

  it('finds an exhausted account that is not exhausted', async () => {
    const { config } = await platform();
    const accounts = { ...config.accounts, exhausted: { apiKey: 'rb_exhausted_key' } };
    const report = await doctor({ ...config, accounts }, { limits });
    const finding = report.findings.find(({ subject }) => subject === 'the exhausted account has no credits');
    expect(finding?.state).toBe('wrong');
  });

  it('stops at a key that is refused, and at a target that is not there', async () => {
    const refusing = await platform({ 'GET /users/me/credits': () => ({ status: 401, json: {} }) });
    expect(doctorExitCode(await doctor(refusing.config, { limits }))).toBe(2);
    const gone = await platform();
    await gone.close();
    const report = await doctor(gone.config, { limits });
    expect(doctorExitCode(report)).toBe(3);
    expect(renderDoctorText(report)).toMatch(/^stopped: the target does not answer/m);
  });
});
