import type { Message } from './front.ts';

const KNOWN = ['mode', 'provider', 'api_key', 'model'];

/** Drops what ai-config does not know before the platform sees it: a typo is taken for success. */
export function acceptUnknownAiConfigFields(message: Message): Message {
  if (message.method !== 'PUT' || !message.path.endsWith('/ai-config')) return message;
  const sent = parsed(message.body);
  if (sent === undefined) return message;
  return {
    ...message,
    body: JSON.stringify(Object.fromEntries(Object.entries(sent).filter(([name]) => KNOWN.includes(name)))),
  };
}

function parsed(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
