export type SourceKind = 'template' | 'assembly' | 'terraform' | 'terraformModule' | 'pulumi' | 'landingZone';

/** The kind of a text, or advice if the text is not a source but is used to generate one. */
type Recognised<Kind> = { readonly kind: Kind } | { readonly problem: string };

/** A Terraform module is a folder. */
export type FileKind = Exclude<SourceKind, 'terraformModule'>;

const unknown =
  'it is not a CloudFormation template, Terraform state or plan, Pulumi export or Landing Zone Accelerator configuration';

/**
 * Recognises a file by properties that every file of its kind has near the left margin. The reader for that kind checks whether the file is
 * complete.
 *
 * @param path needed for kinds that only the name of the file shows
 */
export function recogniseFile(path: string, text: string): Recognised<FileKind> {
  if (isHcl(path))
    return {
      problem: 'name the folder of the Terraform module, or better a state: `terraform show -json > state.json`',
    };
  const advice = generators.get(path.split(/[\\/]/).at(-1) ?? '');
  if (advice !== undefined) return { problem: advice };
  if (/\.(ts|js|mjs|cjs|py|go|cs|java)$/.test(path)) return { problem: programAdvice };
  // People copy the list of resources out of a plan.
  if (/^\s*\[/.test(text) && /"address"\s*:/.test(text) && /"values"\s*:/.test(text)) return { kind: 'terraform' };
  for (const name of /^\s*\{/.test(text) ? namesInJson(text) : namesInYaml(text)) {
    const kind = kinds.get(name);
    if (kind !== undefined) return { kind };
    if (name === 'keywright') return { problem: 'it is already a Keywright project' };
  }
  if (/^\s*[{[]/.test(text) && !isWhole(text))
    return { problem: 'its JSON is cut off or not valid: write the file again with the tool that it comes from' };
  return { problem: unknown };
}

/** The kind of a file that has a top-level property with this name. */
const kinds: ReadonlyMap<string, FileKind> = new Map([
  ['terraform_version', 'terraform'],
  ['format_version', 'terraform'],
  ['encryption_version', 'terraform'],
  ['deployment', 'pulumi'],
  ['checkpoint', 'pulumi'],
  ['keyManagementService', 'landingZone'],
  ['AWSTemplateFormatVersion', 'template'],
  ['Resources', 'template'],
  ['artifacts', 'assembly'],
]);

/** Returns the names in the outermost object of JSON. The JSON may be cut off. */
function* namesInJson(text: string): Iterable<string> {
  let depth = 0;
  const token = /["{}[\]]/g;
  const colon = /\s*:/y;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] !== '"') {
      depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
      continue;
    }
    const start = token.lastIndex;
    const end = endOfText(text, start);
    if (end < 0) return;
    token.lastIndex = end + 1;
    colon.lastIndex = end + 1;
    if (depth === 1 && colon.test(text)) yield text.slice(start, end);
  }
}

/**
 * The index of the quotation mark that ends a text, or -1. Not done with a regular expression, because regular expressions fail on very
 * long texts.
 */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start);
  for (; end >= 0; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (end - escapes > start && json[end - escapes - 1] === '\\') escapes += 1;
    if (escapes % 2 === 0) break;
  }
  return end;
}

/** Returns the names in the outermost mapping of YAML. The whole document may be indented. */
function* namesInYaml(text: string): Iterable<string> {
  const [, margin = ''] = /^( *)(?!---|%)[^\s#]/m.exec(text) ?? [];
  const names = /^( *)(keyManagementService|AWSTemplateFormatVersion|Resources|keywright)\s*:/gm;
  for (const { 1: indent = '', 2: name = '' } of text.matchAll(names)) if (indent === margin) yield name;
}

/** Whether a file is in Terraform's language, in either syntax. */
function isHcl(path: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(path);
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

const programAdvice =
  'a program says what it makes only when it runs: run `pulumi stack export > stack.json` or `cdk synth`, and import that';

/** Files that tools turn into something that can be imported, each with the command and its result. */
const generators: ReadonlyMap<string, string> = new Map([
  ['Pulumi.yaml', programAdvice],
  ['cdk.json', programAdvice],
  ['cdktf.json', 'run `cdktf synth`, and import a folder in `cdktf.out/stacks`, which is a Terraform module'],
  ['terragrunt.hcl', 'run `terragrunt show -json > state.json`, and import that'],
  ['serverless.yml', 'run `serverless package`, and import the template that it writes to `.serverless`'],
]);

/**
 * Recognises a folder by its files.
 *
 * @returns `main` is the file to start with, if the kind has such a file
 */
export function recogniseFolder(files: readonly string[]): Recognised<SourceKind> & { readonly main?: string } {
  const main = (name: string) => files.find((file) => file === name);
  const synthesised = files.find((file) => /^stacks[\\/][^\\/]+[\\/]cdk\.tf\.json$/.test(file));
  if (synthesised !== undefined)
    return {
      problem: `each of its stacks is a Terraform module: name the folder of one, such as \`${synthesised.replace(/[\\/][^\\/]+$/, '')}\``,
    };
  const assembly = main('manifest.json');
  if (assembly !== undefined) return { kind: 'assembly', main: assembly };
  if (main('keywright.yaml') !== undefined) return { problem: 'it is already a Keywright project' };
  const landingZone = main('security-config.yaml');
  if (landingZone !== undefined) return { kind: 'landingZone', main: landingZone };
  if (files.some((file) => isHcl(file) && !file.includes('/'))) return { kind: 'terraformModule' };
  for (const [name, advice] of generators) if (main(name) !== undefined) return { problem: advice };
  if (files.some((file) => /\.template(\.(json|ya?ml))?$/.test(file))) return { kind: 'template' };
  return { problem: 'nothing in this folder can be imported: name a file' };
}
