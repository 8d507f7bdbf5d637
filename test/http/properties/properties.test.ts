import './01-credits.ts';
import './02-limits.ts';
import './03-holds.ts';
import './04-refusals.ts';
import './05-crash.ts';
import './06-settlement.ts';
import './07-overrun.ts';
import './08-disconnects.ts';
import './09-certainty.ts';
import './10-dispatch.ts';
import './11-request-keys.ts';
import './12-arithmetic.ts';
import './13-parsing.ts';
import './14-secrets.ts';
import './15-bytes.ts';
import './16-byok.ts';
import './17-answers.ts';
import './18-books.ts';
import { afterAll, expect, it } from 'vitest';
import { proofTable, provedNumbers } from './prove.ts';

// What the proxy promises about money and secrets, each with the builds that broke the promise and were found out.

const PROPERTIES = 18;

it('proves every property once', () => {
  expect(provedNumbers()).toEqual(Array.from({ length: PROPERTIES }, (_, index) => index + 1));
});

afterAll(() => console.log(proofTable()));
