import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inStack } from '@keywright/core/diagnostics/in-stack';
import { type Expression, type Part, partsOf } from '@keywright/core/ir/expression';
import type { Statement } from '@keywright/core/ir/policy';
import { operationsOf } from './read/operations.ts';
import type { ProgramRule } from './rule.ts';

const definition = defineDiagnostic<{ resource: string; isAlias: boolean }>({
  code: 'KW7050',
  severity: 'warning',
  title: 'A resource that no action applies to',
  message: ({ resource, isAlias }) =>
    isAlias
      ? `none of these actions is about an alias, so \`${resource}\` has no effect`
      : `\`${resource}\` matches neither a key nor an alias, so the resource has no effect`,
  help: ({ isAlias }) =>
    isAlias
      ? 'name the key by its ARN, or by its alias in a condition on `kms:ResourceAliases`'
      : 'the ARN of a key ends in `key/<id>`, that of an alias in `alias/<name>`',
  explanation: `KMS actions apply to a key, \`arn:…:key/<id>\`. Creating, updating or deleting an alias also needs permission on the alias,
\`arn:…:alias/<name>\`. For every other action, the ARN of an alias matches nothing, even if the request names the key by that alias. IAM
accepts any ARN.
Source: AWS KMS Developer Guide, "Specifying KMS keys in IAM policy statements" and "Controlling access to aliases"; Service
Authorization Reference, "Resource types defined by AWS Key Management Service".`,
  example: {
    wrong: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { aliases: [orders], rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.aliasArn}" }] }`,
    right: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { aliases: [orders], rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.arn}" }] }`,
  },
});

/** The actions that need an alias as a resource, besides the key. */
const aboutAliases: readonly string[] = ['CreateAlias', 'DeleteAlias', 'UpdateAlias'];

/** Every KMS resource in an identity policy can be a key or, if one of the actions is about aliases, an alias. */
export const resourcesAreKeysOrAliases: ProgramRule = {
  definition,
  about: 'program',
  check: ({ program }) =>
    program.stacks.flatMap((stack) =>
      inStack(
        stack,
        stack.resources.flatMap((resource) =>
          resource.kind === 'identityPolicy' ? resource.document.statements.flatMap(problemsOf) : [],
        ),
      ),
    ),
};

function problemsOf(statement: Statement): readonly Diagnostic[] {
  const { resources = [], notResources = [], source } = statement;
  return [...resources, ...notResources].flatMap((resource): readonly Diagnostic[] => {
    const kind = kindOf(resource);
    if (kind === 'any' || kind === 'key' || (kind === 'alias' && isAboutAliases(statement))) return [];
    return [report(definition, source.span, { resource: textOf(resource), isAlias: kind === 'alias' })];
  });
}

function isAboutAliases({ actions, notActions }: Statement): boolean {
  const isOne = (patterns: readonly string[]) =>
    aboutAliases.some((operation) => patterns.some((pattern) => operationsOf(pattern).includes(operation)));
  return actions === undefined ? !isOne(notActions ?? []) : isOne(actions);
}

/** The kind of KMS resource that an expression can name; `any` if that is open, or if the resource belongs to another service. */
function kindOf(resource: Expression): 'key' | 'alias' | 'none' | 'any' {
  const [, name] = /^arn:[^:]*:kms:[^:]*:[^:]*:(.*)$/s.exec(textOf(resource).replaceAll(/\$\{[^}]*\}/g, '*')) ?? [];
  if (name === undefined) return 'any';
  const [type = '', ...rest] = name.split('/');
  if (/[*?]/.test(type)) return 'any';
  if (type === 'alias' && rest.length > 0) return 'alias';
  // The id of a key has no slash.
  return type === 'key' && rest.length === 1 ? 'key' : 'none';
}

/** A resource as text, with an example for each part that the deployment decides. */
function textOf(resource: Expression): string {
  return partsOf(resource).map(textOfPart).join('');
}

function textOfPart(part: Part): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'reference':
      return attributeOf(part.attribute, part.resource.startsWith('alias/') ? 'alias/<name>' : 'key/<id>');
    case 'crossStack':
      return attributeOf(part.export.endsWith('.id') ? 'id' : 'arn', 'key/<id>');
    case 'pseudo':
      return `<${part.name}>`;
  }
}

function attributeOf(attribute: string, name: string): string {
  return attribute === 'arn' ? `arn:<partition>:kms:<region>:<account>:${name}` : '<id>';
}
