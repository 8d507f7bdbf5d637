import { OTHERS, type SegmentKey, UNDIVIDED } from './columns.ts';

/** The class that carries a segment's colour. */
export type Paint = (key: SegmentKey) => string;

/** A workspace keeps its colour, whichever of them a chart happens to show: by its place in `toldApart`. */
export function paintFor(toldApart: readonly string[]): Paint {
  return (key) => {
    const place = toldApart.indexOf(key);
    if (place !== -1) return `series-${place}`;
    return key === UNDIVIDED ? UNDIVIDED : OTHERS;
  };
}

interface Props {
  readonly keys: readonly SegmentKey[];
  readonly names: ReadonlyMap<SegmentKey, string>;
  readonly paint: Paint;
}

export function Legend({ keys, names, paint }: Props) {
  if (keys.length === 0) return null;
  const isPartly = keys.length > 1 && keys.includes(UNDIVIDED);
  return (
    <div class="legend">
      <ul>
        {keys.map((key) => (
          <li key={key}>
            <span class={`swatch ${paint(key)}`} />
            <bdi>{names.get(key) ?? key}</bdi>
          </li>
        ))}
      </ul>
      {isPartly && <p class="note">The platform tells workspaces apart for the last 7 days.</p>}
    </div>
  );
}
