/** Bad input of the user: one line with a hint, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
