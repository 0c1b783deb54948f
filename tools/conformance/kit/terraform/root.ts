import type { Place } from '../cloud/cloud.ts';
import { credentialsAt } from '../cloud/cloud.ts';

/** A root module for the real provider. */
export interface Root {
  /** The folder below the workspace, such as `terraform/main`. */
  readonly folder: string;
  readonly place: Place;
  /** The generated files of one stack, or of several stacks below one root module, by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** Returns the blocks that configure the provider, one for each region. */
function providersOf({ files }: Root): readonly string[] {
  return (files.get('providers.tf') ?? '').match(/provider "aws" \{[^}]*\}/g) ?? [];
}

/** Returns a file that Terraform merges over the generated files. It directs each provider to the emulator. */
export async function overrideOf(root: Root, endpoint: string): Promise<string> {
  const { place } = root;
  const { accessKeyId, secretAccessKey } = await credentialsAt(endpoint)(place.account);
  return providersOf(root)
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
