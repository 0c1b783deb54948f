import { fault as faultIn, type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';

const fault = (name: string, mistake: Mistake): Fault => faultIn(name, /^pulumi\/[^/]+\/index\.ts$/, mistake);

const inSettings = (name: string, mistake: Mistake): Fault =>
  faultIn(name, /^pulumi\/[^/]+\/Pulumi\.[^/]+\.yaml$/, mistake);

/** Replaces a key by another key that was declared earlier. */
const otherKey =
  (place: RegExp): Mistake =>
  (text) => {
    const keys = [...text.matchAll(/^const (\w+) = new aws\.kms\.Key\(/gm)];
    for (const found of text.matchAll(place)) {
      const [whole, before = '', key = ''] = found;
      const other = keys.find(({ index, 1: constant }) => index < found.index && constant !== key)?.[1];
      const isKey = keys.some(([, constant]) => constant === key);
      // Requires another use of the constant. Otherwise, it would be unused, which is another fault.
      const usedElsewhere = text.split(new RegExp(`\\b${key}\\b`)).length > 3;
      if (other !== undefined && isKey && usedElsewhere)
        return text.slice(0, found.index) + before + other + text.slice(found.index + whole.length);
    }
    return undefined;
  };

/** Replaces a reference to a role by the role's ARN. The value is the same, but nothing waits for the role. */
const principalWrittenOut: Mistake = (text) => {
  const [, account] = /allowedAccountIds: \["(\d{12})"\]/.exec(text) ?? [];
  const named = /const (\w+) = new aws\.iam\.(Role|User)\(\s*"[^"]*",\s*\{\s*name: "([^"]+)"/g;
  for (const [, constant, kind = '', name] of text.matchAll(named)) {
    const references = [...text.matchAll(/\b\w+(Role|User)\.arn\b/g)].map(([reference]) => reference);
    // If the policy also refers to another principal, the key would wait for that principal.
    if (account === undefined || references.some((reference) => reference !== `${constant}.arn`)) continue;
    const arn = `"arn:aws:iam::${account}:${kind.toLowerCase()}/${name}"`;
    const mistaken = text.replaceAll(`${constant}.arn`, () => arn);
    if (mistaken !== text && mistaken.includes(`${constant}.name`)) return mistaken; // otherwise the constant would be unused
  }
  return undefined;
};

export const faults: readonly Fault[] = [
  fault('a wrong action in a policy', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  fault('a lost condition', withoutBlock(/^ +Condition: \{$/)),
  fault('a lost statement', withoutBlock(/^ {8}\{$/)),
  fault('a swapped principal', replaced(/(AWS: "arn:aws:iam::)\d{12}:root"/, '$1123456789012:root"')),
  fault('a role for another service', replaced(/(Service: )"lambda\.amazonaws\.com"/, '$1"ec2.amazonaws.com"')),
  fault('a policy that allows another key', otherKey(/(Resource: )(\w+)(?=\.arn)/g)),
  fault('an alias of another key', otherKey(/(targetKeyId: )(\w+)(?=\.keyId)/g)),
  fault('a misspelt argument', replaced(/deletionWindowInDays/, 'deletionWindowDays')),
  fault('a mistyped argument', replaced(/(deletionWindowInDays: )\d+/, '$1"ten"')),
  fault('a lost argument', replaced(/^ +targetKeyId: .*\n/m, '')),
  fault('an argument of another class', replaced(/isEnabled: false/, 'enabled: false')),
  fault('an unused constant', replaced(/^(new aws\.kms\.Alias\()/m, 'const unused = $1')),
  fault('a broken escape of a line end', replaced(/\\n/, '\\\\n')),
  fault('a broken escape of an interpolation', replaced(/\\\$\{/, '${')),
  fault('a lost escape of a quote', replaced(/\\"/, '"')),
  fault('another description', replaced(/description: "/, 'description: "x')),
  fault('another tag', replaced(/(tags: \{\s+"?[\w-]+"?: ")/, '$1x')),
  fault('a lost tag', replaced(/(tags: \{\n) +"?[\w-]+"?: "[^"\n]*",\n/, '$1')),
  fault('a key that is enabled', replaced(/^ +isEnabled: false,\n/m, '')),
  fault('a key that does not rotate', replaced(/(enableKeyRotation: )true/, '$1false')),
  fault('another rotation period', replaced(/(rotationPeriodInDays: )\d+/, '$1181')),
  fault('another deletion window', replaced(/(deletionWindowInDays: )\d+/, '$123')),
  fault('a key of one region', replaced(/^ +multiRegion: true,\n/m, '')),
  fault('another spec', replaced(/(customerMasterKeySpec: )"RSA_2048"/, '$1"RSA_3072"')),
  fault('a key that is not protected', replaced(/protect: true, /, '')),
  fault('a key that goes with its stack', replaced(/, retainOnDelete: true/, '')),
  fault('a lost alias', withoutBlock(/^new aws\.kms\.Alias\($/)),
  fault('a replica where its primary is', replaced(/provider: usEast1/, 'provider: euWest1')),
  fault('a provider for another region', replaced(/(region: ")eu-west-1"/, '$1eu-west-2"')),
  fault('a provider for another account', replaced(/(allowedAccountIds: \[")\d/, '$19')),
  fault('an output of another value', replaced(/^(export const \w+ = \w+Key\.)arn/m, '$1keyId')),
  fault('an output that others do not find', replaced(/^(export const )(keys\w+Arn) =/m, '$1x$2 =')),
  fault('a stack that is not there', replaced(/(StackReference\(\s*`[^`]*)-(\w+)\//, '$1-x$2/')),
  fault('a parameter that nobody writes', replaced(/(getParameterOutput\(\s*\{\s*name: ")\/keywright/, '$1/keywrite')),
  fault('a principal for which a key does not wait', principalWrittenOut),
  fault('a grant of another operation', replaced(/(operations: \[\s*")Decrypt/, '$1Encrypt')),
  fault('a grant that is revoked where it is to be retired', replaced(/^ +retireOnDelete: true,\n/m, '')),
  fault('a lockout check that is made', replaced(/^ +bypassPolicyLockoutSafetyCheck: true,\n/m, '')),
  fault('a grant without its constraint', replaced(/^ +constraints: .*\n/m, '')),
  inSettings('settings of another region', replaced(/(aws:region: )eu-west-1/, '$1eu-west-2')),
  inSettings('settings of another account', replaced(/(aws:allowedAccountIds:\n +- ")\d/, '$19')),
  inSettings('another text in the settings', replaced(/^( {2}[\w-]+:(?!region)\w+: [A-Za-z].*)$/m, '$1x')),
  inSettings('a text that the settings lack', replaced(/^ {2}(?!aws:)[\w-]+:\w+: .*\n/m, '')),
  fault('a policy for another principal', replaced(/^( +role: )\w+Role\.name/m, '$1"Nobody"')),
];
