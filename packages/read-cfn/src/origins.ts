import type { Locations } from '@keywright/core/syntax/locations';

/** The position of an entry in a parsed mapping or list. */
export interface Origin {
  readonly container: object;
  readonly key: string | number;
}

/** Records which mapping or list another mapping or list was made from. */
export class Origins {
  readonly #origins = new WeakMap<
    object,
    { readonly source: object; readonly entries: ReadonlyMap<string | number, Origin> }
  >();

  /** `entries` has the origins of entries that have another key in `source`, or come from another mapping or list. */
  add<Made extends object>(
    made: Made,
    source: object,
    entries: ReadonlyMap<string | number, Origin> = new Map(),
  ): Made {
    this.#origins.set(made, { source, entries });
    return made;
  }

  of(container: object, key: string | number): Origin {
    const origin = this.#origins.get(container);
    return origin === undefined ? { container, key } : (origin.entries.get(key) ?? this.of(origin.source, key));
  }

  /** Returns the spans of everything that was parsed or made, given the spans of the parsed mappings and lists. */
  locations(parsed: Locations): Locations {
    return {
      spanOf: (container) => parsed.spanOf(this.#origins.get(container)?.source ?? container),
      valueSpan: (made, madeKey) => {
        const { container, key } = this.of(made, madeKey);
        return parsed.valueSpan(container, key);
      },
      keySpan: (made, madeKey) => {
        const { container, key } = this.of(made, madeKey);
        return parsed.keySpan(container, String(key));
      },
      writtenText: (made, madeKey) => {
        const { container, key } = this.of(made, madeKey);
        return parsed.writtenText(container, key);
      },
    };
  }
}
