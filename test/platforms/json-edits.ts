/** A change of a JSON value. */
export type Edit = (json: unknown) => unknown;

/**
 * Changes the value at a JSON pointer, which may be missing (undefined): then it is added. Where the edit answers undefined,
 * the field is taken away. Where the path leads nowhere, nothing changes.
 */
export function at(pointer: string, edit: Edit): Edit {
  const [step, ...rest] = pointer.split('/').slice(1);
  if (step === undefined) return edit;
  const inner = at(rest.map((name) => `/${name}`).join(''), edit);
  return (json) => {
    if (Array.isArray(json)) return json.map((item, index) => (String(index) === step ? inner(item) : item));
    if (typeof json !== 'object' || json === null) return json;
    const { [step]: value, ...others } = json as Readonly<Record<string, unknown>>;
    const changed = inner(value);
    return changed === undefined ? others : { ...others, [step]: changed };
  };
}

export function set(pointer: string, value: unknown): Edit {
  return at(pointer, () => value);
}

export function without(...pointers: readonly string[]): Edit {
  return all(...pointers.map((pointer) => at(pointer, () => undefined)));
}

/** Adds to a number; what is no number stays as it is. */
export function add(pointer: string, amount: number): Edit {
  return at(pointer, (value) => (typeof value === 'number' ? value + amount : value));
}

/** Every item of a list. */
export function each(edit: Edit): Edit {
  return (json) => (Array.isArray(json) ? json.map(edit) : json);
}

/** One after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (json) => edits.reduce((value, edit) => edit(value), json);
}
