import { type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';

/** A mistake in a module of an account. */
type MistakeInModule = (text: string, account: string) => string | undefined;

/** Returns a fault in the first file of that name that the mistake can change. */
function fault(name: string, mistake: MistakeInModule, file = 'main.tf'): Fault {
  return {
    name,
    plant(subject: Subject): Subject | undefined {
      for (const { name: stack, environment } of subject.program.stacks) {
        for (const path of pathsOf(stack, file, subject.files)) {
          const text = subject.files.get(path);
          const mistaken = text && mistake(text, environment.account ?? '');
          if (mistaken === undefined || mistaken === '' || mistaken === text) continue;
          return { ...subject, files: new Map([...subject.files, [path, mistaken]]) };
        }
      }
      return undefined;
    },
  };
}

/** Returns the paths of a file in the root module of a stack, and in the module that the root module calls. */
function pathsOf(stack: string, file: string, files: Subject['files']): readonly string[] {
  const root = `terraform/${stack}`;
  const [, module] = /^ +source += "\.\.\/(modules\/[^"]+)"/m.exec(files.get(`${root}/main.tf`) ?? '') ?? [];
  return [`${root}/${file}`, ...(module === undefined ? [] : [`terraform/${module}/${file}`])];
}

/**
 * Replaces a reference to a principal by its ARN. The value is the same, but nothing waits for the principal. The mistake is made in a key
 * that refers to no other principal, since waiting for that principal might be enough.
 */
const referenceWrittenOut: MistakeInModule = (text, account) => {
  for (const [block] of text.matchAll(/^resource "aws_kms_key" .*\n(?:.*\n)*?\}\n/gm)) {
    const references = new Set([...block.matchAll(/aws_iam_\w+\.\w+\.arn/g)].map(([reference]) => reference));
    const [reference = ''] = references;
    const [, kind, label] = /^aws_iam_(role|user)\.(\w+)/.exec(reference) ?? [];
    const [, name] = new RegExp(`^resource "aws_iam_${kind}" "${label}" {\n +name += "([^"]+)"`, 'm').exec(text) ?? [];
    if (references.size !== 1 || name === undefined || account === '') continue;
    return text.replace(block, () => block.replaceAll(reference, `"arn:aws:iam::${account}:${kind}/${name}"`));
  }
  return undefined;
};

/** Makes a policy refer to another key of the module. */
const otherKey: Mistake = (text) => {
  const labels = [...text.matchAll(/^resource "aws_kms_key" "(\w+)"/gm)].map(([, label]) => label ?? '');
  const [one, other] = labels;
  if (one === undefined || other === undefined) return undefined;
  return replaced(new RegExp(`(Resource += )aws_kms_key\\.${one}\\.arn`), `$1aws_kms_key.${other}.arn`)(text);
};

export const faults: readonly Fault[] = [
  fault('a wrong action in a policy', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  fault('a lost condition', withoutBlock(/^ +Condition = \{$/)),
  fault('a condition with another operator', replaced(/^( +)StringEquals( +)= \{/m, '$1StringLike$2= {')),
  fault('a swapped principal', replaced(/(AWS += ")arn:aws:iam::\d{12}:root"/, '$1arn:aws:iam::123456789012:root"')),
  fault('a lost statement', withoutBlock(/^ {6}\{$/)),
  fault('a policy that refers to another key', otherKey),
  fault('a misspelt argument', replaced(/deletion_window_in_days/, 'deletion_window_days')),
  fault('a mistyped argument', replaced(/(deletion_window_in_days += )\d+/, '$1"ten"')),
  fault('an argument of another resource', replaced(/is_enabled/, 'enabled')),
  fault('an argument that has to be there', replaced(/^ +target_key_id .*\n/m, '')),
  fault('a value that the provider refuses', replaced(/(deletion_window_in_days += )\d+/, '$131')),
  fault('an argument as a block', replaced(/^( +)tags = \{/m, '$1tags {')),
  fault('a broken escape of an interpolation', replaced(/\$\$\{/, '${')),
  fault('a broken escape of a directive', replaced(/%%\{/, '%{')),
  fault('a broken escape of a quote', replaced(/\\"/, '"')),
  fault('a lost escape of a backslash', replaced(/\\\\(?=[^"\\])/, '\\')),
  fault('a lost prevent_destroy', replaced(/prevent_destroy = true/, 'prevent_destroy = false')),
  fault('a prevent_destroy that is too much', replaced(/prevent_destroy = false/, 'prevent_destroy = true')),
  fault('a replica in the region of its primary', replaced(/^ +provider = aws\.\w+\n\n?/m, '')),
  fault('a provider for another region', replaced(/(region += ")eu-west-1"/, '$1eu-west-2"'), 'providers.tf'),
  fault('a provider for another account', replaced(/(allowed_account_ids = \[")\d/, '$19'), 'providers.tf'),
  fault('a lost alias', withoutBlock(/^resource "aws_kms_alias"/)),
  fault('an alias of another name', replaced(/"alias\//, '"alias/x')),
  fault('another tag', replaced(/^( {2}tags = \{\n +\S+ += ")/m, '$1x')),
  fault('a role for another service', replaced(/(Service += )"lambda\.amazonaws\.com"/, '$1"ec2.amazonaws.com"')),
  fault('a policy attached by another name', replaced(/^( +)role( +)= aws_iam_role\.\w+\.name/m, '$1role$2= "Nobody"')),
  fault('an output of another value', replaced(/(value += aws_kms_key\.\w+\.)arn/, '$1key_id'), 'outputs.tf'),
  fault('an output that others look for', replaced(/^(# .*; other stacks use it\noutput ")/m, '$1x'), 'outputs.tf'),
  fault('a policy that becomes a secret', replaced(/(Version += )"2012-10-17"/, '$1sensitive("2012-10-17")')),
  fault('a parameter that nobody wrote', replaced(/"\/keywright\//, '"/keywrite/')),
  fault('a principal for which the key does not wait', referenceWrittenOut),
  fault('a grant of another operation', replaced(/(operations += \[")Decrypt/, '$1Encrypt')),
  fault('a lost constraint of a grant', withoutBlock(/^ +constraints \{$/)),
  fault('a variable that is not given', replaced(/^(module (?:.*\n)*?) {2}(?!source)\w+ += "[^"]*"\n/m, '$1')),
  fault('a variable of another value', replaced(/^(module (?:.*\n)*? {2}(?!source)\w+ += ")/m, '$1x')),
  fault('a variable of another type', replaced(/^( +type += )string$/m, '$1list(string)'), 'variables.tf'),
  fault('a region of the provider of another one', replaced(/^( +aws\.\w+ = )aws\.\w+$/m, '$1aws')),
  fault('a provider that a module asks for in vain', replaced(/^ +aws\.\w+ = aws\.\w+\n/m, '')),
];
