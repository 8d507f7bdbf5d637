/** The texts that a stream spells out piece by piece: the strings of its events, joined by where they stand. */
export function spelledTexts(body: string): readonly string[] {
  const lanes = new Map<string, string>();
  for (const event of eventsOf(body)) collect(event, '', lanes);
  return [...lanes.values()];
}

function eventsOf(body: string): readonly unknown[] {
  const whole = parse(body);
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  return [...body.matchAll(/^data: ?(.*)$/gm)].map((match) => parse(match[1] ?? ''));
}

function collect(value: unknown, path: string, lanes: Map<string, string>): void {
  if (typeof value === 'string') lanes.set(path, (lanes.get(path) ?? '') + value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) collect(part, `${path}/${key}`, lanes);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
