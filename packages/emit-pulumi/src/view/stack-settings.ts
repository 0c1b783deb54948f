import { isList } from '@keywright/core/collections/is-list';
import { headerComment } from '@keywright/core/emit/comment';
import type { Parameter } from '@keywright/core/emit/declared-parameters';
import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import type { Parameters } from '@keywright/core/emit/parameters';
import { wellFormed } from '@keywright/core/emit/unseen';
import { prettierScalar } from '@keywright/core/emit/yaml-scalar';
import type { Stack } from '@keywright/core/ir/program';
import { projectOf } from '../names.ts';
import type { PulumiOptions } from '../options.ts';

/** The view of the template for `Pulumi.<environment>.yaml`. */
export interface StackSettingsView {
  readonly header: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/** The settings under `config`, by name. */
export type Settings = Readonly<Record<string, Setting>>;

type Setting = string | number | boolean | readonly Setting[] | { readonly [name: string]: Setting };

/**
 * Returns the settings of a deployment's Pulumi stack: the place for the default provider, and the values that the program reads. Sources:
 * Pulumi AWS provider, "Configuration options"; Pulumi's reference of `Pulumi.<stack>.yaml`.
 */
export function stackSettings(
  stack: Stack,
  parameters: readonly Parameter[],
  { valuesOf }: Pick<Parameters, 'valuesOf'>,
  { assumeRole, defaultTags, config = {} }: PulumiOptions,
): Settings {
  const { region, account } = stack.environment;
  const role = roleOf(assumeRole, stack);
  const project = projectOf(stack);
  const values = valuesOf(stack);
  // The program has been printed before, so it is known which values it reads.
  const read = Object.fromEntries(
    parameters.map(({ name }) => [`${project}:${name}`, withTexts(values.get(name) ?? '', wellFormed)]),
  );
  const others = Object.entries(config).filter(([name]) => read[name] === undefined);
  const tags = Object.keys(defaultTags ?? {}).length > 0 ? defaultTags : undefined;
  const inStack = (value: Setting) => withTexts(value, (text) => wellFormed(fill(text, stack)));
  return {
    ...(region !== undefined && { 'aws:region': region }),
    ...(account !== undefined && { 'aws:allowedAccountIds': [account] }),
    ...(role !== undefined && { 'aws:assumeRoles': [{ roleArn: wellFormed(role) }] }),
    ...(tags !== undefined && { 'aws:defaultTags': { tags: inStack(tags) } }),
    ...Object.fromEntries(others.map(([name, value]) => [name, inStack(value)])),
    ...read,
  };
}

export function stackSettingsView(settings: Settings, generator: string): StackSettingsView {
  const entries = Object.entries(settings).map(([key, value]) => ({ key, value: settingText(value, '    ') }));
  return { header: headerComment(generator), entries };
}

function withTexts(value: Setting, of: (text: string) => string): Setting {
  if (typeof value === 'string') return of(value);
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => withTexts(item, of));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), withTexts(inner, of)]));
}

/** Returns the text after the name of a setting. All lines but the first start with `indent`. */
function settingText(value: Setting, indent: string): string {
  if (typeof value === 'string') return ` ${prettierScalar(value)}`;
  if (typeof value !== 'object') return ` ${value}`;
  const deeper = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => `\n${indent}- ${settingText(item, deeper).trimStart()}`);
    return items.length === 0 ? ' []' : items.join('');
  }
  const entries = Object.entries(value).map(
    ([name, inner]) => `\n${indent}${prettierScalar(name)}:${settingText(inner, deeper)}`,
  );
  return entries.length === 0 ? ' {}' : entries.join('');
}
