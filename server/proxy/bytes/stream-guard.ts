const MASK = 0x2a;
/** So many first characters of a secret in a row are no accident: from here on the events that carry them wait. */
const SUSPICIOUS_CHARACTERS = 4;
/** A text that was not gone on with for so many events has stopped short of the secret. */
const PATIENCE_EVENTS = 32;
/** String members of an event: `"content":"..."`. Escapes are stepped over, not read. */
const STRING_MEMBER = /"(\w+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
const LANE_INDEX = /"(?:output_index|content_index|index)"\s*:\s*(\d+)/;

/** Where a character of the text stands: in which event, at which byte. */
interface Place {
  readonly event: number;
  readonly offset: number;
}

/** One text that a stream spells out, and how much of a secret it has just spelled. */
interface Lane {
  matched: number;
  /** The event that spelled last. */
  lastEvent: number;
  readonly places: Place[];
}

/**
 * Keeps a secret from being spelled out over several events. Events whose texts continue a secret's beginning wait until
 * it is clear whether they spell it; if they do, what they carry of it is masked.
 */
export interface StreamGuard {
  /** The next events; answers those that may go on now, in order. */
  pass(events: readonly Buffer[]): readonly Buffer[];
  /** Whether events (as Latin-1) may go on as they are: none waits, and none begins to spell the secret. */
  isClear(events: string): boolean;
  /** All that still waits: the stream has ended, and the secret was not completed. */
  end(): readonly Buffer[];
}

export function createStreamGuard(secrets: readonly string[]): StreamGuard {
  const spellings = secrets.map((secret) => createSpelling(secret, distinctiveStart(secret)));
  const waiting: { readonly number: number; bytes: Buffer }[] = [];
  let count = 0;

  const couldSpell = (text: string) => spellings.some((spelling) => spelling.concerns(text));

  function mask(places: readonly Place[]): void {
    for (const { event, offset } of places) {
      const entry = waiting.find(({ number }) => number === event);
      if (entry !== undefined) entry.bytes[offset] = MASK;
    }
  }

  function passOne(event: Buffer): readonly Buffer[] {
    const number = count;
    count += 1;
    if (waiting.length === 0 && !couldSpell(event.toString('latin1'))) return [event];
    // A copy: masking must not write into a buffer that others hold.
    waiting.push({ number, bytes: Buffer.from(event) });
    for (const spelling of spellings) mask(spelling.read(event, number));
    const keep = Math.min(...spellings.map((spelling) => spelling.oldestSuspect(number)));
    const free = waiting.findIndex((entry) => entry.number >= keep);
    return waiting.splice(0, free === -1 ? waiting.length : free).map((entry) => entry.bytes);
  }

  return {
    pass(events) {
      return events.flatMap(passOne);
    },
    isClear: (events) => waiting.length === 0 && !couldSpell(events),
    end: () => waiting.splice(0).map((entry) => entry.bytes),
  };
}

interface Spelling {
  /** False when no text of the events begins the secret and none is in the middle of it. */
  concerns(events: string): boolean;
  /** Reads an event on; answers the places of secrets that it completes. */
  read(event: Buffer, number: number): readonly Place[];
  /** The first event that may turn out to carry a part; infinity when there is none. */
  oldestSuspect(now: number): number;
}

/**
 * Where to begin to watch: at a character that few words end with, so that few events need a closer look. The letters before
 * it are how all keys of a provider begin; without what follows they are nobody's secret.
 */
function distinctiveStart(secret: string): number {
  const at = secret.slice(0, SUSPICIOUS_CHARACTERS).search(/[^a-z]/);
  return Math.max(0, at);
}

/** Follows how far each text of a stream has spelled one secret (Knuth, Morris and Pratt's automaton). */
function createSpelling(whole: string, start: number): Spelling {
  const secret = whole.slice(start);
  const suspicious = Math.max(2, SUSPICIOUS_CHARACTERS - start);
  const fallback = failureTable(secret);
  const lanes = new Map<string, Lane>();
  const beginning = secret.charAt(0);

  /** Whether a text of the events has the secret in it, or ends with a beginning of it. */
  function begins(events: string): boolean {
    for (let at = events.indexOf(beginning); at !== -1; at = events.indexOf(beginning, at + 1)) {
      let length = 1;
      while (length < secret.length && events[at + length] === secret[length]) length += 1;
      if (length === secret.length || events[at + length] === '"') return true;
    }
    return false;
  }

  function step(lane: Lane, character: string, place: Place): readonly Place[] {
    while (lane.matched > 0 && secret[lane.matched] !== character) lane.matched = fallback[lane.matched - 1] ?? 0;
    if (secret[lane.matched] === character) {
      lane.matched += 1;
      lane.places.push(place);
    }
    lane.places.splice(0, lane.places.length - lane.matched);
    if (lane.matched < secret.length) return [];
    lane.matched = 0;
    return lane.places.splice(0);
  }

  return {
    concerns: (events) => lanes.size > 0 || begins(events),
    read(event, number) {
      // One byte a character, so that offsets in the text are offsets in the bytes.
      const characters = event.toString('latin1');
      const index = LANE_INDEX.exec(characters)?.[1] ?? '';
      const found: Place[] = [];
      for (const member of characters.matchAll(STRING_MEMBER)) {
        const [text, name = '', value = ''] = member;
        const key = `${name}/${index}`;
        const lane = lanes.get(key) ?? { matched: 0, lastEvent: number, places: [] };
        lane.lastEvent = number;
        const valueAt = member.index + text.length - 1 - value.length;
        for (let at = 0; at < value.length; at += 1) {
          if (lane.matched === 0) at = value.indexOf(beginning, at);
          if (at === -1) break;
          found.push(...step(lane, value.charAt(at), { event: number, offset: valueAt + at }));
        }
        if (lane.matched > 0) lanes.set(key, lane);
        else lanes.delete(key);
      }
      return found;
    },
    oldestSuspect(now) {
      let oldest = Number.POSITIVE_INFINITY;
      for (const [key, lane] of lanes) {
        if (now - lane.lastEvent >= PATIENCE_EVENTS) lanes.delete(key);
        else if (lane.matched >= suspicious) oldest = Math.min(oldest, lane.places[0]?.event ?? oldest);
      }
      return oldest;
    },
  };
}

function failureTable(secret: string): readonly number[] {
  const table = [0];
  for (let at = 1, length = 0; at < secret.length; at += 1) {
    while (length > 0 && secret[at] !== secret[length]) length = table[length - 1] ?? 0;
    if (secret[at] === secret[length]) length += 1;
    table.push(length);
  }
  return table;
}
