import { describe, expect, it } from 'vitest';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { familyRequirements } from '../../generated/families.ts';
import { errors, refusal } from './errors.ts';

const { ApiErrorDetail } = controlPlaneDocument.components.schemas ?? {};
const { description } = (ApiErrorDetail as { properties: { code: { description: string } } }).properties.code;
const documented = Object.fromEntries(
  [...description.matchAll(/`(\w+)` \((\d{3})\)/g)].map(([, code, status]) => [code, Number(status)]),
);

describe('the catalogue of errors', () => {
  it('has the codes that the contract lists, with the same statuses, and no other', () => {
    const ours = Object.fromEntries(Object.entries(errors).map(([code, { status }]) => [code, status]));
    expect(ours).toEqual(documented);
  });

  it.each(Object.entries(errors))('says of %s when it is answered, in sentences', (_, { message, when }) => {
    expect(message).toMatch(/^[A-Z].*[^ ]$/);
    expect(when).toMatch(/^[A-Z].*\.$/);
  });

  it('says what every example of the contract says', () => {
    const texts = JSON.stringify(controlPlaneDocument);
    const silent = Object.entries(errors).filter(([code]) => !texts.includes(`"code":"${code}"`));
    const isPaging = familyRequirements.some(({ kind }) => kind === 'paged-cursor');
    expect(silent.map(([code]) => code)).toEqual(isPaging ? [] : ['invalid_cursor']);
  });
});

describe('a refusal', () => {
  it('has the status and message of its code', () => {
    expect(refusal('not_found')).toEqual({
      status: 404,
      body: { error: { code: 'not_found', message: 'Not found.' } },
    });
  });

  it('says it better where told to, and carries details', () => {
    expect(refusal('plan_limit_exceeded', { message: 'No.', details: { limit: 'max_vms' } })).toEqual({
      status: 402,
      body: { error: { code: 'plan_limit_exceeded', message: 'No.', details: { limit: 'max_vms' } } },
    });
  });
});
