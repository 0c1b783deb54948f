/** Finds the services that a word under `services:` or `via:` may mean. */
import { nearest } from '../../diagnostics/suggestion.ts';
import { serviceSynonyms } from '../service-names.ts';
import { viaServiceNames } from '../via-service.ts';
import { servicePresets } from './presets.ts';
import { servicesWithoutStatement } from './without-statement.ts';

/** Maps words, as `bareWord` returns them, to the names of the presets and of the services without a statement that they mean. */
function namesByWord(): ReadonlyMap<string, ReadonlySet<string>> {
  const services = [...servicePresets, ...servicesWithoutStatement];
  const serviceNames = new Set(services.map(({ name }) => name));
  const namesOfWords = new Map<string, Set<string>>();
  const add = (word: string, name: string) => {
    const bare = bareWord(word);
    namesOfWords.set(bare, (namesOfWords.get(bare) ?? new Set()).add(name));
  };
  for (const { name, words = [] } of services) for (const word of [name, ...words]) add(word, name);
  for (const [word, name] of Object.entries(serviceSynonyms)) if (serviceNames.has(name)) add(word, name);
  return namesOfWords;
}

/**
 * The names of the presets and the services without a statement that a word means: a host (`rds.amazonaws.com`,
 * `logs.eu-west-1.amazonaws.com`), a product (`CloudWatch Logs`, `aws-secrets-manager`) or an abbreviation (`ebs`). Several if a product
 * has several presets (`eventbridge`); none for an unknown word.
 */
export function servicesCalled(word: string): readonly string[] {
  return [...(namesByWord().get(bareWord(word)) ?? [])].sort();
}

/** The services with names like this word. A word of up to three letters would resemble too many names, so it has none. */
export function servicesLike(word: string): readonly string[] {
  const bare = bareWord(word);
  const words = namesByWord();
  const plural = `${bare}s`;
  const near = words.has(plural) ? plural : bare.length > 3 ? nearest(bare, words.keys(), mostSlips(bare)) : undefined;
  return near === undefined ? [] : servicesCalled(near);
}

/** The maximum number of wrong letters in a misspelt word. A word with more wrong letters means another product. */
function mostSlips(word: string): number {
  return Math.min(3, Math.floor(word.length / 3));
}

/** Maps words to names in `kms:ViaService`, for services that are neither presets nor services without a statement. */
const otherViaNames: ReadonlyMap<string, string> = new Map([
  ['keyspaces', 'cassandra'],
  ['mwaa', 'airflow'],
  ['opensearchserverless', 'aoss'],
  ['snowball', 'importexport'],
]);

/**
 * The name in `kms:ViaService` of the service that a word means: `elasticfilesystem` for `efs`, `s3` for `s3-fips`. `undefined` for an
 * unknown word, and for a service that no request comes through.
 */
export function viaServiceCalled(word: string): string | undefined {
  const bare = bareWord(word).replace(/fips$/, '');
  const byName = viaServiceNames.find((name) => bareWord(name) === bare) ?? otherViaNames.get(bare);
  if (byName !== undefined) return byName;
  const isCalled = new Set(servicesCalled(bare));
  const caller = servicesWithoutStatement.find(({ name, asRole }) => isCalled.has(name) && asRole !== true);
  const viaName =
    caller === undefined ? viaServiceNames.find((name) => isCalled.has(name)) : (caller.via ?? caller.name);
  if (viaName !== undefined || bare.length > 3) return viaName ?? nearest(bare, viaServiceNames, mostSlips(bare));
  // A short word resembles too many names: `eks` does not mean `es`. Only a surplus or a missing last letter is accepted, as in `s33` for
  // `s3`.
  return viaServiceNames.find((name) => name.length > 1 && (bare.startsWith(name) || name.slice(0, -1) === bare));
}

/** A word in lower case, without the rest of a host name, the vendor and separators. */
function bareWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com(\.cn)?$/, '')
    .replace(/^(amazon|aws)[-_ ]/, '')
    .replaceAll(/[-_. ]/g, '');
}
