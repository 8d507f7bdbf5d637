interface Props {
  /** 0 to 1. */
  readonly share: number;
  readonly tone?: 'plain' | 'low' | 'out';
}

/** Hidden from screen readers: the figures are next to it. */
export function Meter({ share, tone = 'plain' }: Props) {
  return (
    <div class={`meter ${tone}`} aria-hidden="true">
      <span style={{ '--share': share }} />
    </div>
  );
}
