import { groupBy } from '@keywright/core/collections/group-by';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { entryLeftOut } from './diagnostics.ts';
import { type Draft, entryKey, withoutEntries, withoutStacks } from './draft/draft.ts';
import { leaving } from './leaving.ts';
import type { Meaning } from './meaning/meaning.ts';
import type { Normalised } from './normalise.ts';
import { type Owner, ownersOf } from './raw/owners.ts';
import type { Problem } from './raw/raw-stack.ts';

/** The entries and stacks of a program that are left out, each reported once. */
export class LeftOut {
  /** Maps the name of a stack to a map from the parts of the stack's meaning to their owners. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>;
  readonly #positions: Normalised['positions'];
  readonly #owned: ReadonlyMap<string, readonly Owner[]>;
  readonly #entries = new Set<string>();
  readonly #stacks = new Set<string>();
  readonly #diagnostics: Diagnostic[] = [];

  constructor({ stacks }: Program, positions: Normalised['positions']) {
    this.owners = new Map(stacks.map((stack) => [stack.name, ownersOf(stack)]));
    this.#positions = positions;
    const parts = [...this.owners.values()].flatMap((ofStack) => [...ofStack.values()]);
    this.#owned = groupBy(parts, ({ entry }) => entryKey(entry));
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  get count(): number {
    return this.#entries.size + this.#stacks.size;
  }

  get isEverything(): boolean {
    return this.#entries.size === this.#owned.size;
  }

  leave(problems: readonly Problem[]): void {
    for (const [entry, ofEntry] of groupBy(problems, ({ entry }) => entryKey(entry))) {
      if (this.#entries.has(entry)) continue;
      this.#entries.add(entry);
      this.#diagnostics.push(leaving(ofEntry, this.#owned.get(entry) ?? [], this.#positions));
    }
  }

  leaveStack(stack: string, problem: string): void {
    if (this.#stacks.has(stack)) return;
    this.#stacks.add(stack);
    const parts = [...(this.owners.get(stack)?.values() ?? [])];
    for (const { entry } of parts) this.#entries.add(entryKey(entry));
    const what = `everything in the stack \`${stack}\``;
    this.#diagnostics.push(report(entryLeftOut, parts[0]?.span, { what, problem }));
  }

  leaveEverything(problem: string): void {
    for (const entry of this.#owned.keys()) this.#entries.add(entry);
    this.#diagnostics.push(report(entryLeftOut, undefined, { what: 'everything', problem }));
  }

  draftWithout(draft: Draft): Draft {
    const remaining = withoutEntries(draft, (entry) => this.#entries.has(entryKey(entry)));
    return withoutStacks(remaining, this.#stacksLeftOut());
  }

  /** The stacks that are left out as a whole, and those with no entry that remains. */
  #stacksLeftOut(): ReadonlySet<string> {
    if (this.#entries.size === 0) return this.#stacks;
    const isEmptied = (parts: ReadonlyMap<string, Owner>) =>
      parts.size > 0 && [...parts.values()].every(({ entry }) => this.#entries.has(entryKey(entry)));
    const emptied = [...this.owners].flatMap(([stack, parts]) => (isEmptied(parts) ? stack : []));
    return new Set([...this.#stacks, ...emptied]);
  }

  /** Returns the meaning without the parts that the left-out entries describe. */
  meaningWithout(meaning: Meaning): Meaning {
    if (this.count === 0) return meaning;
    const gone = this.#stacksLeftOut();
    const remaining = [...meaning].filter(([stack]) => !gone.has(stack));
    return new Map(
      remaining.map(([stack, parts]) => {
        const isLeft = (part: string) => {
          const owner = this.owners.get(stack)?.get(part);
          return owner === undefined || !this.#entries.has(entryKey(owner.entry));
        };
        return [stack, new Map([...parts].filter(([part]) => isLeft(part)))];
      }),
    );
  }

  /** Filters out items about resources that are left out. */
  others<About extends { readonly stack: string; readonly id: string }>(all: readonly About[]): readonly About[] {
    if (this.#entries.size === 0) return all;
    return all.filter(({ stack, id }) => {
      const owner = [...(this.owners.get(stack)?.values() ?? [])].find(({ resource }) => resource?.id === id);
      return owner !== undefined && !this.#entries.has(entryKey(owner.entry));
    });
  }
}
