import { oncePerStatement } from '@keywright/core/emit/policy-tree';
import type { CrossStack, Expression, Pseudo, Reference } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Resource, Stack, StackImport } from '@keywright/core/ir/program';
import { address, exportOutputName, parameterName, remoteStateName } from '../names.ts';
import { printExpression, type Traversal } from '../print/expression.ts';
import { printPolicy, printStatement } from '../print/policy.ts';
import type { TerraformOptions } from '../target.ts';

/** What a stack's module reads with data sources, found while its expressions are printed. */
export interface UsedData {
  readonly pseudos: ReadonlySet<Pseudo['name']>;
  /** Names of the stacks whose state is read. */
  readonly states: ReadonlySet<string>;
  /** Imports that come through an SSM parameter. */
  readonly parameters: ReadonlySet<StackImport>;
}

/** Writes the expressions of one resource or output. */
export interface Writer {
  readonly print: (expression: Expression) => string;
  readonly policy: (document: PolicyDocument) => string;
  readonly traversal: Traversal;
  /** Ids of the resources that were referred to so far, which Terraform therefore creates before. */
  readonly mentioned: ReadonlySet<string>;
}

/** Writes references of one stack, and keeps track of the data sources that they need. */
export interface References {
  readonly writer: () => Writer;
  /** `aws_kms_key.orders` for the id of a resource of the stack. */
  readonly addressOf: (resourceId: string) => string;
  /** Everything used so far. */
  readonly used: UsedData;
}

/** References of a stack as its root module writes them. */
export function createReferences(stack: Stack, options: TerraformOptions): References {
  const resources = new Map(stack.resources.map((resource) => [resource.id, resource]));
  const imports = new Map(stack.imports.map((entry) => [`${entry.stack}/${entry.export}`, entry]));
  const used = {
    pseudos: new Set<Pseudo['name']>(),
    states: new Set<string>(),
    parameters: new Set<StackImport>(),
  };

  const find = (id: string): Resource => {
    const resource = resources.get(id);
    if (resource === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
    return resource;
  };

  const crossStack = (part: CrossStack): string => {
    const entry = imports.get(`${part.stack}/${part.export}`);
    if (entry?.parameterName !== undefined && !entry.nativeTargets.includes('terraform')) {
      used.parameters.add(entry);
      // `value` is marked as sensitive, which would hide whole policies in plans; an ARN is no secret.
      return `data.aws_ssm_parameter.${parameterName(part.stack, part.export)}.insecure_value`;
    }
    used.states.add(part.stack);
    return `data.terraform_remote_state.${remoteStateName(part.stack)}.outputs.${exportOutputName(part.export)}`;
  };

  const statementOf = oncePerStatement((tree) => {
    const { traversal, mentioned } = writer();
    return { text: printStatement(tree, traversal), mentioned };
  });

  const writer = (): Writer => {
    const mentioned = new Set<string>();
    const traversal: Traversal = (part) => {
      switch (part.kind) {
        case 'reference': {
          mentioned.add(part.resource);
          const resource = find(part.resource);
          return `${address(resource, stack)}.${attributeName(resource, part.attribute)}`;
        }
        case 'crossStack':
          return crossStack(part);
        case 'pseudo':
          used.pseudos.add(part.name);
          return pseudoTraversal(part.name, options);
      }
    };
    const policy = (document: PolicyDocument): string =>
      printPolicy(document, (statement) => {
        const { text, mentioned: inStatement } = statementOf(statement);
        for (const id of inStatement) mentioned.add(id);
        return text;
      });
    return { print: (expression) => printExpression(expression, traversal), policy, traversal, mentioned };
  };

  return { writer, addressOf: (id) => address(find(id), stack), used };
}

function attributeName(resource: Resource, attribute: Reference['attribute']): string {
  if (attribute !== 'id') return attribute;
  // aws_kms_external_key has no key_id; its id is the same.
  return resource.kind === 'key' && resource.origin === 'EXTERNAL' ? 'id' : 'key_id';
}

function pseudoTraversal(name: Pseudo['name'], options: TerraformOptions): string {
  switch (name) {
    case 'account':
      return 'data.aws_caller_identity.current.account_id';
    case 'region':
      return `data.aws_region.current.${options.provider === 5 ? 'name' : 'region'}`;
    case 'partition':
      return 'data.aws_partition.current.partition';
    case 'dnsSuffix':
      return 'data.aws_partition.current.dns_suffix';
  }
}
