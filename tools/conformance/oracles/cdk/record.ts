import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { departures } from '../../departures.ts';
import { type LimitName, limitNames } from './compare/limits.ts';
import type { Judged } from './judge.ts';

/** Counts, for a whole run, how often each departure and each limit occurred. */
export class Record {
  readonly #departures = new Map<string, { subjects: number; differences: number }>();
  readonly #limits = new Map<LimitName, { subjects: number; places: number; differences: number }>();
  readonly #outside = new Map<string, number>();

  add(judged: Judged): void {
    if (judged.outside !== undefined) this.#outside.set(judged.outside, (this.#outside.get(judged.outside) ?? 0) + 1);
    for (const [name, differences] of judged.departures) {
      const known = this.#departures.get(name) ?? { subjects: 0, differences: 0 };
      this.#departures.set(name, {
        subjects: known.subjects + 1,
        differences: known.differences + differences,
      });
    }
    for (const [name, { places, differences }] of judged.limits) {
      const known = this.#limits.get(name) ?? { subjects: 0, places: 0, differences: 0 };
      this.#limits.set(name, {
        subjects: known.subjects + 1,
        places: known.places + places,
        differences: known.differences + differences,
      });
    }
  }

  /** Returns departures that no difference needed. Either Keywright no longer departs in this way, or no subject shows it. */
  unused(): readonly string[] {
    return departures.map(({ name }) => name).filter((name) => !this.#departures.has(name));
  }

  /** Returns departures that docs/conformance.md does not list, or lists with another reason. */
  undocumented(): readonly string[] {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/conformance.md'), 'utf8');
    return departures.filter(({ name, reason }) => !page.includes(`\n| ${name} | ${reason} |`)).map(({ name }) => name);
  }

  print(): void {
    console.log('\n| departure from the CDK | projects | differences |\n| --- | ---: | ---: |');
    for (const { name } of departures) {
      const { subjects, differences } = this.#departures.get(name) ?? { subjects: 0, differences: 0 };
      console.log(`| ${name} | ${subjects} | ${differences} |`);
    }
    console.log(
      '\n| what the CDK cannot say | projects | places | differences left out |\n| --- | ---: | ---: | ---: |',
    );
    for (const name of Object.keys(limitNames) as LimitName[]) {
      const { subjects, places, differences } = this.#limits.get(name) ?? { subjects: 0, places: 0, differences: 0 };
      console.log(`| ${limitNames[name]} | ${subjects} | ${places} | ${differences} |`);
    }
    for (const [why, count] of this.#outside) console.log(`not compared, ${count} projects: ${why}`);
  }
}
