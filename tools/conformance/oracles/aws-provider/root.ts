import type { Place } from '../../kit/accounts/cloud.ts';
import { credentialsAt } from '../../kit/accounts/cloud.ts';

/** A root module for the real provider. */
export interface Root {
  /** Below the workspace: `terraform/main`. */
  readonly folder: string;
  /** Where its stack goes. */
  readonly place: Place;
  /** By name; the generated ones, or those of several stacks with one root above them. */
  readonly files: ReadonlyMap<string, string>;
}

/** What makes a provider ask the emulator, as a file that Terraform lays over the generated ones. */
export async function overrideOf({ files, place }: Root, endpoint: string): Promise<string> {
  const { accessKeyId, secretAccessKey } = await credentialsAt(endpoint)(place.account);
  const blocks = (files.get('providers.tf') ?? '').match(/provider "aws" \{[^}]*\}/g) ?? [];
  return blocks
    .map((block) => {
      const alias = /^ *alias += (.*)$/m.exec(block)?.[1];
      const region = /^ *region += (.*)$/m.exec(block)?.[1] ?? JSON.stringify(place.region);
      return `provider "aws" {
${alias === undefined ? '' : `  alias = ${alias}\n`}  region = ${region}
  access_key = "${accessKeyId}"
  secret_key = "${secretAccessKey}"
  endpoints {
${['kms', 'iam', 'sts', 'ssm'].map((service) => `    ${service} = "${endpoint}"\n`).join('')}  }
}
`;
    })
    .join('');
}
