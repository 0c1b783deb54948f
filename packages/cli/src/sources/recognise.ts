/** The sources that `keywright import` reads. */
export type SourceKind = 'template' | 'assembly' | 'terraform' | 'pulumi';

/** What the messages call them. */
export const sourceTitles: Readonly<Record<SourceKind, string>> = {
  template: 'a CloudFormation template',
  assembly: 'a cdk.out of the CDK',
  terraform: 'a Terraform state or plan',
  pulumi: 'an export of a Pulumi stack',
};

/** How much of a file is looked at: the first names of a state of 200 MB say what it is. */
const head = 64 * 1024;

/** What a file is, by its first names; undefined for one that is none of these. Whether it is whole, its reader says. */
export function recognise(text: string): SourceKind | undefined {
  const start = text.slice(0, head);
  const has = (...names: readonly string[]) =>
    names.some((name) => new RegExp(String.raw`(^|[{,\s])["']?${name}["']?\s*:`).test(start));
  if (has('AWSTemplateFormatVersion', 'Resources')) return 'template';
  if (has('deployment') && has('version')) return 'pulumi';
  if (has('artifacts') && has('version')) return 'assembly';
  if (has('format_version', 'terraform_version', 'lineage', 'encrypted_data')) return 'terraform';
  // What jq takes out of `terraform show -json`; a plan file and an empty state, about which the reader has something to say.
  if (/^\s*\[/.test(start) && has('address') && has('type')) return 'terraform';
  return start.startsWith('PK\u0003\u0004') ? 'terraform' : undefined;
}

/** What to do with a file that is none of the sources; undefined where there is nothing particular to say. */
export function adviceFor(path: string, text: string): string | undefined {
  if (path.endsWith('.tf')) return 'give the state or a plan of it: `terraform show -json > state.json`';
  if (/(^|\n)keywright:\s*1\b/.test(text)) return 'this is a project of Keywright already';
  if (/\.(ts|js|mjs|py|go|cs|java)$/.test(path))
    return 'give what the program makes: cdk.out after `cdk synth`, or `pulumi stack export > stack.json`';
  return undefined;
}
