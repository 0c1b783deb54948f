import { sharedStart } from '@keywright/core/collections/shared-start';
import { createFreeNames } from '@keywright/core/reading/free-names';
import { nameFromWords } from '@keywright/core/reading/name-from-words';
import { moduleCallsIn } from './source/module-calls.ts';
import type { SourceResource } from './source/resource.ts';

/**
 * Returns a function that derives unique names from the words of addresses: `orders_api` becomes `ordersApi`, `this["a"]` becomes `thisA`,
 * `module.kms["a"].aws_kms_key.this[0]` becomes `kmsA`.
 */
export function createNames(): (words: readonly string[]) => string {
  const freeName = createFreeNames();
  return (words) => freeName(nameFromWords(words));
}

/** Words that have no meaning next to other words. */
const empty = /^(this|main|default|key|kms_key)$/;

/** The start that the addresses of all keys have in common, so that it distinguishes no key. */
export interface CommonStart {
  /** The path of the module that contains all resources; empty for the root module. */
  readonly module: string;
  /**
   * The further words that the addresses have in common: `keys` for `module.keys["orders"].aws_kms_key.this` and
   * `module.keys["logs"].aws_kms_key.this`.
   */
  readonly words: readonly string[];
}

/** Returns the words of a resource's address, without its type and the common start. */
export function wordsOf(resource: SourceResource, { module, words }: CommonStart): readonly string[] {
  const all = wordsInside(resource, module);
  const isCommon = words.every((word, index) => all[index] === word);
  return isCommon && all.length > words.length ? all.slice(words.length) : all;
}

function wordsInside({ module, name, index }: SourceResource, common: string): readonly string[] {
  const isInside = common !== '' && (module === common || module.startsWith(`${common}.`));
  const modules = wordsOfModule(isInside ? module.slice(common.length) : module);
  const words = modules.length > 0 && empty.test(name) ? [] : [name];
  return [...modules, ...words, ...(index === undefined || index === 0 ? [] : [String(index)])];
}

function wordsOfModule(module: string): readonly string[] {
  return moduleCallsIn(module).flatMap(({ name, index }) => [
    name,
    ...(index === undefined ? [] : [index.replaceAll(/^"|"$/g, '')]),
  ]);
}

/** Returns the longest start that the addresses of all keys have in common and that still leaves each key a name. */
export function commonStart(keys: readonly SourceResource[]): CommonStart {
  const calls = sharedStart(keys.map(({ module }) => moduleCallsIn(module).map(({ text }) => text))).join('');
  const module = keys.every((key) => key.module !== calls || !empty.test(key.name)) ? calls : '';
  const all = keys.map((key) => wordsInside(key, module));
  const words = keys.length > 1 ? sharedStart(all) : [];
  // A name starts with a letter.
  return { module, words: all.every((one) => /^[A-Za-z]/.test(one[words.length] ?? '')) ? words : [] };
}

/** Module names that are too general to name a stack after. */
const anyKeys = /^(this|main|default|kms|kms_?keys?|keys?|encryption)$/i;

/** Names a stack whose keys are all in one module after the innermost module with a distinctive name; `undefined` if there is none. */
export function stackNameFromModule({ module }: CommonStart): string | undefined {
  const named = moduleCallsIn(module).findLast(({ name }) => !anyKeys.test(name));
  if (named === undefined) return undefined;
  const words = wordsOfModule(named.text).join('-');
  const name = words.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? undefined : name.slice(0, 63);
}

/**
 * Returns Terraform's name for a resource, as in `names`: its name in the root module, or else its whole address. Returns `undefined` if no
 * resource has the address yet and no generated module can contain it.
 */
export function nameInTerraform(resource: SourceResource): string | undefined {
  if (isPlain(resource)) return resource.name;
  return resource.isPlanned ? undefined : resource.address;
}

/** Whether a resource of a generated module can have this address. */
export function isPlain({ module, index }: SourceResource): boolean {
  return module === '' && index === undefined;
}
