import './admission.ts';
import './settlement.ts';
import './responses.ts';
import { afterAll, expect, it } from 'vitest';
import { proofTable, provedNumbers } from './prove.ts';

// What the proxy promises about money and secrets, each with the builds that broke the promise and were found out.

const PROPERTIES = [...Array.from({ length: 18 }, (_, index) => index + 1), 21];

it('proves every property once', () => {
  expect(provedNumbers()).toEqual(PROPERTIES);
});

afterAll(() => console.log(proofTable()));
