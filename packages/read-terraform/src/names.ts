import type { SourceResource } from './source/resource.ts';

/**
 * Derives names for resources from their addresses: `orders_api` becomes `ordersApi`, `this["a"]` becomes `thisA`,
 * `module.kms["a"].aws_kms_key.this[0]` becomes `kmsA`. Each function it creates returns unique names.
 */
export function createNames(): (words: readonly string[]) => string {
  const taken = new Set<string>();
  return (words) => {
    const name = camelCase(words);
    let free = name;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name.slice(0, 58)}${count}`;
    taken.add(free.toLowerCase());
    return free;
  };
}

/** Words that carry no meaning beside others. */
const empty = /^(this|main|default|key|kms_key)$/;

/** The words of a resource's address, without its type. */
export function wordsOf({ module, name, index }: SourceResource): readonly string[] {
  const modules = [...module.matchAll(/(?:^|\.)module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\])?/g)].flatMap(
    ([, call = '', key]) => [call, ...(key === undefined ? [] : [key])],
  );
  const own = modules.length > 0 && empty.test(name) ? [] : [name];
  return [...modules, ...own, ...(index === undefined || index === 0 ? [] : [String(index)])];
}

/** Turns text into a name: letters, digits, `_` and `-` after a letter, at most 63 characters. */
function camelCase(words: readonly string[]): string {
  const parts = words.flatMap((word) => word.split(/[^A-Za-z0-9]+/)).filter((part) => part !== '');
  const joined = parts
    .map((part, index) => (index === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1))
    .join('');
  return (/^[A-Za-z]/.test(joined) ? joined : `key${joined}`).slice(0, 60);
}

/** Terraform's name for a resource, as in `names`: its name in the root module, otherwise its whole address. */
export function nameInTerraform({ module, name, index, address }: SourceResource): string {
  return module === '' && index === undefined ? name : address;
}
