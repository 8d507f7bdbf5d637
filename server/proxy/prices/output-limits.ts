/**
 * Models that answer less than the cap that is put in for calls without a limit, by their name in the catalogue (which
 * lists context windows only). Their providers refuse a larger limit instead of lowering it.
 */
const MOST_OUTPUT_TOKENS: Readonly<Record<string, number>> = {
  'gpt-3.5-0301': 4_096,
  'gpt-3.5-turbo': 4_096,
  'gpt-3.5-turbo-0613': 4_096,
  'gpt-3.5-turbo-1106': 4_096,
  'gpt-3.5-turbo-16k': 4_096,
  'gpt-3.5-turbo-instruct': 2_048,
  'gpt-4': 4_096,
  'gpt-4-32k': 8_192,
  'gpt-4-turbo': 4_096,
  'gpt-4-vision-preview': 4_096,
  'gpt-4o-2024-05-13': 4_096,
  'claude-2': 4_096,
  'claude-3-haiku': 4_096,
  'claude-3-sonnet': 4_096,
  'claude-3-opus-latest': 4_096,
  'claude-3-5-haiku-latest': 8_192,
  'claude-3-5-sonnet': 8_192,
  'gemini-1.5-flash': 8_192,
  'gemini-1.5-pro': 8_192,
  'gemini-2.0-flash': 8_192,
  'gemini-2.0-flash-lite': 8_192,
};

export function mostOutputTokens(catalogueModel: string): number | undefined {
  return MOST_OUTPUT_TOKENS[catalogueModel];
}
