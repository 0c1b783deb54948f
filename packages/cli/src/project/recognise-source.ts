/** What kind of thing keys can be read from. */
export type SourceKind = 'template' | 'assembly' | 'terraform' | 'pulumi' | 'landingZone';

/** What a text is, or what to do instead where it only leads to something that can be read. */
export type Recognised = { readonly kind: SourceKind } | { readonly problem: string };

const unknown =
  'it is no CloudFormation template, Terraform state or plan, Pulumi export or Landing Zone Accelerator configuration';

/**
 * Recognises a file by what every one of its kind has near the left margin. Whether it is a whole one is for its reader to say.
 *
 * @param path for what a file is called where its text does not tell
 */
export function recogniseFile(path: string, text: string): Recognised {
  if (/\.tf$/.test(path)) return { problem: hclAdvice };
  if (/\.(ts|js|mjs|cjs|py|go|cs|java)$/.test(path)) return { problem: programAdvice };
  const isJson = /^\s*\{/.test(text);
  const has = (name: string) => (isJson ? new RegExp(`"${name}"\\s*:`) : new RegExp(`^${name}\\s*:`, 'm')).test(text);
  if (isJson && (has('terraform_version') || has('format_version'))) return { kind: 'terraform' };
  if (isJson && has('deployment')) return { kind: 'pulumi' };
  if (has('keyManagementService')) return { kind: 'landingZone' };
  if (has('AWSTemplateFormatVersion') || has('Resources')) return { kind: 'template' };
  if (isJson && has('artifacts')) return { kind: 'assembly' };
  if (has('keywright')) return { problem: 'it is a Keywright project already' };
  return { problem: unknown };
}

const hclAdvice = 'HCL says what to make, not what there is: run `terraform show -json > state.json`, and import that';

const programAdvice =
  'a program says what it makes only when it runs: run `pulumi stack export > stack.json` or `cdk synth`, and import that';

/**
 * Recognises a folder by the files in it.
 *
 * @returns the file to begin with, for a kind that has one
 */
export function recogniseFolder(files: readonly string[]): Recognised & { readonly main?: string } {
  const main = (name: string) => files.find((file) => file === name);
  const assembly = main('manifest.json');
  if (assembly !== undefined) return { kind: 'assembly', main: assembly };
  if (main('keywright.yaml') !== undefined) return { problem: 'it is a Keywright project already' };
  if (main('security-config.yaml') !== undefined) return { kind: 'landingZone' };
  if (files.some((file) => file.endsWith('.tf'))) return { problem: hclAdvice };
  if (main('Pulumi.yaml') !== undefined || main('cdk.json') !== undefined) return { problem: programAdvice };
  if (files.some((file) => /\.template(\.(json|ya?ml))?$/.test(file))) return { kind: 'template' };
  return { problem: 'nothing in this folder can be imported: name a file' };
}
