import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.STAND_INS ?? '';

/** Reads the data that a service or an engine keeps between commands; `first` if there is none yet. */
export function persisted<Value>(name: string, first: Value): Value {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Value; // only `keep` writes it
  } catch {
    return first;
  }
}

export function keep(name: string, value: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));
}
