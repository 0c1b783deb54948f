import { headerComment } from '@keywright/core/emit/comment';
import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import type { Parameter, Parameters } from '@keywright/core/emit/parameters';
import { prettierScalar } from '@keywright/core/emit/yaml-scalar';
import type { Stack } from '@keywright/core/ir/program';
import { projectOf } from '../names.ts';
import type { PulumiOptions } from '../options.ts';

/** The view of the template for `Pulumi.<environment>.yaml`. */
export interface StackSettingsView {
  readonly header: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/**
 * The configuration of a deployment's Pulumi stack: where the default provider creates resources, and the values that the program reads.
 * Source: Pulumi AWS provider, "Configuration options"; Pulumi's reference of `Pulumi.<stack>.yaml`.
 */
export function stackSettingsView(
  stack: Stack,
  given: readonly Parameter[],
  { valuesOf }: Pick<Parameters, 'valuesOf'>,
  { assumeRole, defaultTags, config = {} }: PulumiOptions,
  generator: string,
): StackSettingsView {
  const { region, account } = stack.environment;
  const tags = Object.entries(defaultTags ?? {}).map(
    ([name, value]) => `\n      ${prettierScalar(name)}: ${prettierScalar(fill(value, stack))}`,
  );
  const role = roleOf(assumeRole, stack);
  const project = projectOf(stack);
  const values = valuesOf(stack);
  // By now it is decided what the program reads.
  const read = given.map(({ name }) => `${project}:${name}`);
  const others = Object.entries(config).filter(([name]) => !read.includes(name));
  return {
    header: headerComment(generator),
    entries: [
      ...(region === undefined ? [] : [{ key: 'aws:region', value: ` ${prettierScalar(region)}` }]),
      ...(account === undefined ? [] : [{ key: 'aws:allowedAccountIds', value: `\n    - ${prettierScalar(account)}` }]),
      ...(role === undefined ? [] : [{ key: 'aws:assumeRoles', value: `\n    - roleArn: ${prettierScalar(role)}` }]),
      ...(tags.length === 0 ? [] : [{ key: 'aws:defaultTags', value: `\n    tags:${tags.join('')}` }]),
      ...others.map(([key, value]) => ({ key, value: settingText(value, stack) })),
      ...given.map(({ name }) => {
        const value = values.get(name) ?? '';
        return { key: `${project}:${name}`, value: ` ${typeof value === 'number' ? value : prettierScalar(value)}` };
      }),
    ],
  };
}

type Setting = NonNullable<PulumiOptions['config']>[string];

/** The text after the name of a setting, which is indented by two blanks more than `config`. */
function settingText(value: Setting, stack: Stack): string {
  if (typeof value === 'string') return ` ${prettierScalar(fill(value, stack))}`;
  if (typeof value !== 'object') return ` ${value}`;
  if (Array.isArray(value)) return listText(value, stack, '    ');
  const entries = Object.entries(value);
  if (entries.length === 0) return ' {}';
  return entries
    .map(([name, inner]) => {
      const text = Array.isArray(inner) ? listText(inner, stack, '      ') : settingText(inner, stack);
      return `\n    ${prettierScalar(name)}:${text}`;
    })
    .join('');
}

function listText(texts: readonly string[], stack: Stack, indent: string): string {
  return texts.length === 0 ? ' []' : texts.map((text) => `\n${indent}- ${prettierScalar(fill(text, stack))}`).join('');
}
