/** Drawn in the current colour; the words beside them say what they mean. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
    <rect width="16" height="16" rx="4" />
    <path d="M4 12V8m4 4V4m4 8V6.5" />
  </svg>
);

export const Arrow = ({ direction }: { readonly direction: 'up' | 'down' }) => (
  <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
    <path d={direction === 'up' ? 'M3 7.5 6 4.5l3 3' : 'M3 4.5l3 3 3-3'} />
  </svg>
);

export const Download = () => (
  <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M6 1.5v6M3.5 5 6 7.5 8.5 5M2 10.5h8" />
  </svg>
);

export const Back = () => (
  <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M7.5 3 4.5 6l3 3" />
  </svg>
);

export const Cross = () => (
  <svg class="icon" viewBox="0 0 12 12" aria-hidden="true">
    <path d="m3 3 6 6m0-6-6 6" />
  </svg>
);
