/** Finds the services that a word under `services:` may mean. */
import { nearest } from '../../diagnostics/suggestion.ts';
import { serviceSynonyms } from '../service-names.ts';
import { servicePresets } from './presets.ts';
import { servicesWithoutStatement } from './without-statement.ts';

/** The presets and the services without a statement, by each of their names, as returned by `bareWord`. */
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
 * The names of the presets and the services without a statement that a word stands for: a host (`rds.amazonaws.com`,
 * `logs.eu-west-1.amazonaws.com`), a product (`CloudWatch Logs`, `aws-secrets-manager`) or an abbreviation (`ebs`).
 * Several if a product has several presets (`eventbridge`); none for an unknown word.
 */
export function servicesCalled(word: string): readonly string[] {
  return [...(namesByWord().get(bareWord(word)) ?? [])].sort();
}

/** The services with similar names. A word of three letters would resemble too many. */
export function servicesLike(word: string): readonly string[] {
  const bare = bareWord(word);
  const near = bare.length > 3 ? nearest(bare, namesByWord().keys()) : undefined;
  return near === undefined ? [] : servicesCalled(near);
}

/** The name in a service's host, without the vendor and whatever divides its words. */
function bareWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com(\.cn)?$/, '')
    .replace(/^(amazon|aws)[-_ ]/, '')
    .replaceAll(/[-_. ]/g, '');
}
