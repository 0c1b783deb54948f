/** KW10xx: values that the language does not accept where they are. */
import { startsWithOtherSpace } from '../source/visible.ts';
import { defineDiagnostic } from './diagnostic.ts';
import { orInGeneral } from './in-general.ts';
import { inCode } from './list-of.ts';
import { nearest } from './suggestion.ts';

const allowed = (words: readonly string[]) =>
  words.length === 0 ? 'no YAML key is allowed here' : `allowed: ${inCode(words)}`;

const listed = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(' and ');

/** Another alternative of a mapping, which has the misplaced YAML key. */
export interface OtherAlternative {
  /** The YAML keys that this alternative requires in addition. */
  readonly beside: readonly string[];
  /** The mapping's YAML keys that this alternative does not allow. */
  readonly not: readonly string[];
}

export const unknownKey = defineDiagnostic<{
  key: string;
  known: readonly string[];
  alternative?: OtherAlternative | undefined;
}>({
  code: 'KW1001',
  title: 'An unknown YAML key',
  message: ({ key }) => `\`${key}\` is not known here`,
  help: ({ key, known, alternative }) => {
    if (startsWithOtherSpace(key)) return 'indent it with ordinary spaces';
    if (alternative !== undefined && alternative.not.length > 0) {
      const beside = alternative.beside.length > 0 ? `goes with ${listed(alternative.beside)}` : 'stands by itself';
      return `it ${beside}, not with ${listed(alternative.not)}`;
    }
    const [, property = '', value = ''] = /^([^:]+):(.+)$/s.exec(key) ?? [];
    if (known.includes(property)) return `write a space after the colon: \`${property}: ${value.trim()}\``;
    if (key.startsWith('x-') && known.includes('standards'))
      return 'write what keys share under `standards`; a YAML anchor can be defined where it is first used';
    const near = nearest(key, known);
    return near === undefined ? allowed(known) : `did you mean \`${near}\`?`;
  },
  explanation: `Every mapping of the language has a fixed set of YAML keys. An unknown YAML key is an error, because a misspelt
\`removal\` or \`admins\` would otherwise silently change the KMS key. See docs/language.md.`,
  example: {
    wrong: `keys:
  orders:
    desciption: Encrypts order records`,
    right: `keys:
  orders:
    description: Encrypts order records`,
  },
});

export const missingKey = defineDiagnostic<{
  key: string;
  /** `undefined` if the example is the only possible value. */
  expected: string | undefined;
  example: string | undefined;
  /** What else the mapping could mean, for the help. */
  otherwise?: string | undefined;
}>({
  code: 'KW1002',
  title: 'A missing YAML key',
  message: ({ key }) => `\`${key}\` is missing`,
  help: ({ key, expected, example, otherwise }) => {
    const added =
      expected === undefined
        ? `\`${example}\``
        : `\`${key}\`${example === undefined ? `: ${expected}` : `, ${orInGeneral(expected, 'with a value')}, such as \`${example}\``}`;
    return `add ${added}${typeof otherwise === 'string' ? `; ${otherwise}` : ''}`;
  },
  explanation: `Some YAML keys are required, because no default would be safe. docs/language.md marks them **required**.`,
  example: {
    wrong: `environments:
  prod:
    account: "111122223333"`,
    right: `environments:
  prod:
    account: "111122223333"
    region: eu-west-1`,
  },
});

export const wrongType = defineDiagnostic<{ expected: string; found: string; advice: string }>({
  code: 'KW1003',
  title: 'A value of the wrong kind',
  message: ({ expected, found }) => `expected ${expected}, found ${found}`,
  help: ({ advice }) => advice,
  explanation: `YAML infers the type of a value from its form: \`111122223333\` is a number and \`yes\` is text. A number loses its leading
zeros, so account ids need quotes. Source: YAML 1.2.2, 10.3 "Core schema".`,
  example: {
    wrong: `environments:
  prod: { account: 111122223333, region: eu-west-1 }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }`,
  },
});

export const valueNotAllowed = defineDiagnostic<{
  found: string;
  values: readonly string[];
  /** Keywright's word for the value, if the value is another tool's word. */
  ours: string | undefined;
}>({
  code: 'KW1004',
  title: 'A value that is not allowed',
  message: ({ found }) => `\`${found}\` is not allowed here`,
  help: ({ found, values, ours }) => {
    if (ours !== undefined) return `write \`${ours}\`; ${allowed(values)}`;
    const near = nearest(found, values);
    return near === undefined || values.length <= 4 ? allowed(values) : `did you mean \`${near}\`? ${allowed(values)}`;
  },
  explanation: `Only a fixed set of words is allowed here. Where KMS has its own word for a value, the language uses that word.
docs/language.md lists the words.`,
  example: {
    wrong: `keys:
  orders:
    removal: delete`,
    right: `keys:
  orders:
    removal: destroy`,
  },
});

export const badText = defineDiagnostic<{ problem: string; found: string; example: string | undefined }>({
  code: 'KW1005',
  title: 'A value of the wrong form',
  message: ({ problem }) => problem,
  help: ({ found, example }) => {
    if (example === undefined) return found === '' ? 'write it in this form' : `replace ${found}`;
    const instead = orInGeneral(found, '');
    return `write it like \`${example}\`${instead === '' ? '' : `, not ${instead}`}`;
  },
  explanation: `Names, ARNs, account ids, regions and durations have a fixed form, which the message describes. Whatever AWS would refuse at
deployment is refused here, at its line. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod: { account: "1111-2222-3333", region: eu-west-1 }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }`,
  },
});

export const badStructure = defineDiagnostic<{
  problem: string;
  /** What kind of value is expected; absent for text, since `problem` then says what form the text has. */
  shape?: string;
  example: string | undefined;
}>({
  code: 'KW1006',
  title: 'Parts that do not fit together',
  message: ({ problem }) => problem,
  help: ({ shape, example }) => {
    if (example !== undefined && shape === undefined) return `write it like \`${example}\``;
    if (example !== undefined && shape !== undefined) return `write ${orInGeneral(shape, 'it')} as in \`${example}\``;
    return shape === 'a key' ? 'remove it' : 'see docs/language.md or, for options of targets, docs/targets.md';
  },
  explanation: `Some YAML keys exclude each other, and some mappings require one of several YAML keys. For example, a statement has
either \`principals\` or \`notPrincipals\`, and either \`actions\` or \`notActions\`. Source: IAM User Guide, "IAM JSON policy
elements reference".`,
  example: {
    wrong: `statements:
  - actions: kms:Decrypt`,
    right: `statements:
  - principals: keyAdmins
    actions: kms:Decrypt`,
  },
});

export const unknownRule = defineDiagnostic<{ rule: string; rules: readonly string[] }>({
  code: 'KW1007',
  title: 'A rule that does not exist',
  message: ({ rule }) => `there is no rule ${rule}`,
  help: ({ rule, rules }) => {
    const near = nearest(rule, rules);
    return near === undefined ? '`keywright explain` lists the codes' : `did you mean ${near}?`;
  },
  explanation: `\`rules\` accepts the codes of rules, KW7001 and up, and those of the warnings and notes from KW1001 to KW4999.
docs/rules.md lists the rules, and docs/diagnostics/README.md lists all diagnostics.`,
  example: {
    wrong: `rules:
  KW7100: warning
stacks: {}`,
    right: `rules:
  KW7010: warning
stacks: {}`,
  },
});

export const errorStays = defineDiagnostic<{ rule: string }>({
  code: 'KW1008',
  title: 'An error that `rules` cannot change',
  message: ({ rule }) => `${rule} stays an error`,
  help: () => 'remove it from `rules`',
  explanation: `What AWS or a target refuses cannot be built, whatever a project prefers. \`rules\` sets the severity of the findings of
rules (KW7001 and up), and of warnings and notes. See docs/rules.md.`,
  example: {
    wrong: `rules:
  KW3020: warning
stacks: {}`,
    right: `rules:
  KW3034: warning
stacks: {}`,
  },
});

export const wordOfAnotherTool = defineDiagnostic<{ key: string; ours: string | undefined; advice: string }>({
  code: 'KW1009',
  title: 'A word of another tool',
  message: ({ key, ours }) =>
    ours === undefined ? `\`${key}\` is not known here` : `\`${key}\` is called \`${ours}\` here`,
  help: ({ advice }) => advice,
  explanation: `CloudFormation, Terraform, Pulumi, the CDK and the Landing Zone Accelerator each have their own name for most properties
of a key. Keywright recognises these names, with or without capitals and \`_\`, and shows its own name for the property, with the value
converted. docs/migrating.md lists the names.`,
  example: {
    wrong: `keys:
  orders:
    enable_key_rotation: true
    deletion_window_in_days: 7`,
    right: `keys:
  orders:
    rotation: true
    pendingWindow: 7 days`,
  },
});

export const foreignStatement = defineDiagnostic<{
  ours: string;
  /** The parts of the statement that could not be translated. */
  open: readonly string[];
  /** The property that the statement belongs under, if it stands somewhere else. */
  under: string | undefined;
}>({
  code: 'KW1011',
  title: 'A statement in the form of another tool',
  message: () => 'this statement is in the form that IAM uses',
  help: ({ ours, open, under }) => {
    const where = under === undefined ? 'write' : `under \`${under}\`, write`;
    const rest = open.map((key) => `\`${key}\``).join(' and ');
    return `${where} \`${ours}\`${open.length === 0 ? '' : `, and add what ${rest} says`}`;
  },
  explanation: `A statement has the same parts as in IAM, with lower-case names in the plural: \`principals\`, \`actions\`, \`conditions\`.
Principals are named as everywhere else in the language. \`effect: Allow\` and \`resources: "*"\` can be left out. A whole policy document
can stay as it is, in a file: \`policy: { file: … }\`. See docs/language.md.`,
  example: {
    wrong: `statements:
  - Effect: Allow
    Principal: { Service: logs.eu-west-1.amazonaws.com }
    Action: kms:Decrypt
    Resource: "*"
    Condition: { StringEquals: { aws:SourceAccount: "\${account}" } }`,
    right: `statements:
  - principals: { service: logs.eu-west-1.amazonaws.com }
    actions: kms:Decrypt
    conditions: { StringEquals: { aws:SourceAccount: "\${account}" } }`,
  },
});

export const outdentedKey = defineDiagnostic<{ key: string; owner: string }>({
  code: 'KW1013',
  title: 'A property beside the name that should contain it',
  message: ({ key, owner }) => `\`${key}\` stands beside \`${owner}\`, but is a property of it`,
  help: ({ key, owner }) => `indent \`${key}\` further than \`${owner}\``,
  explanation: `Under \`stacks\`, \`keys\`, \`environments\` and the like, every YAML key is a name that you choose. A property at the
indentation of the names would be one more name.`,
  example: {
    wrong: `stacks:
  main:
    environment: prod
  keys:
    orders: {}`,
    right: `stacks:
  main:
    environment: prod
    keys:
      orders: {}`,
  },
});
