/**
 * `targets.terraform.providerSettings`: settings that Keywright passes on to the AWS provider. Source: Terraform AWS provider, "Argument
 * Reference".
 */
import { deploymentText } from '@keywright/core/emit/deployment-text';
import * as z from '@keywright/core/schema/schema';

/** Arguments that are refused, and why. */
const refused: Readonly<Record<string, string>> = {
  region: 'the region is that of the environment or the replica',
  alias: 'Keywright names the providers',
  version: 'the option `provider` is the version',
  allowed_account_ids: 'the account is that of the environment',
  forbidden_account_ids: 'the account is that of the environment, and no other is allowed',
  default_tags: 'the option `defaultTags` has the tags',
  access_key: 'credentials do not belong in a file',
  secret_key: 'credentials do not belong in a file',
  token: 'credentials do not belong in a file',
};

const argument = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, { error: 'an argument of the AWS provider has lower-case letters, digits and "_" only' })
  .meta({ examples: ['max_retries'] });
const argumentOfProvider = argument.refine((name) => !Object.hasOwn(refused, name), {
  error: ({ input }) => `\`${input}\` cannot be set here: ${refused[String(input)]}`,
});
const value = z.union([deploymentText, z.number(), z.boolean(), z.array(deploymentText)]);
const block = z.record(argument, z.union([value, z.record(z.string().min(1), value)]));

type SettingsBlock = z.infer<typeof block>;

export const providerSettings = z
  .record(argumentOfProvider, z.union([value, block, z.array(block)]))
  .refine(
    ({ assume_role: role = {} }) =>
      typeof role === 'object' && !Array.isArray(role) && !Object.hasOwn(role, 'role_arn'),
    {
      error:
        '`assume_role` has the other settings of one block: its `role_arn` is the option `assumeRole`, or the `deployRole` of the environment',
    },
  );

type ProviderSettings = z.infer<typeof providerSettings>;

export function isArgument(setting: ProviderSettings[string]): setting is z.infer<typeof value> {
  return typeof setting !== 'object' || (Array.isArray(setting) && setting.every((one) => typeof one === 'string'));
}

/** The nested blocks of a setting; none if the setting is an argument. */
export function blocksIn(setting: ProviderSettings[string]): readonly SettingsBlock[] {
  if (isArgument(setting)) return [];
  return Array.isArray(setting) ? setting.filter((one) => typeof one === 'object') : [setting];
}
