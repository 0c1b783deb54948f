import { oncePerStatement } from '@keywright/core/emit/policy-tree';
import type { CrossStack, Expression, Pseudo, Reference } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Resource, Stack, StackImport } from '@keywright/core/ir/program';
import { camelCase, exportOutputName } from '../names.ts';
import type { Code } from '../print/code.ts';
import { expressionCode, type Member } from '../print/expression.ts';
import { jsonWithOutputs, policyCode, statementCode } from '../print/policy.ts';
import { stringLiteral } from '../print/text.ts';
import type { Constants } from './constants.ts';

/** The functions of `@pulumi/aws` that say where a program is deployed. */
export type Lookup = 'getCallerIdentity' | 'getPartition' | 'getRegion';

/** What a program needs besides its resources, found while its expressions are written; each with its constant. */
export interface UsedData {
  readonly lookups: ReadonlyMap<Lookup, string>;
  /** By the name of the stack that is referred to. */
  readonly stackReferences: ReadonlyMap<string, string>;
  /** Imports that come through an SSM parameter. */
  readonly parameters: ReadonlyMap<StackImport, string>;
  /** Ids of the resources that something refers to. */
  readonly resources: ReadonlySet<string>;
  /** Whether the functions of `@pulumi/pulumi` that put text together are used. */
  readonly pulumi: boolean;
}

/** Writes the expressions of one resource or output. */
export interface Writer {
  readonly expression: (expression: Expression) => Code;
  readonly policy: (document: PolicyDocument) => Code;
  /** Ids of the resources that were referred to so far, which Pulumi therefore creates before. */
  readonly mentioned: ReadonlySet<string>;
}

/** Writes references of one stack, and keeps track of what they need. */
export interface References {
  readonly writer: () => Writer;
  /** The constant that holds the resource with this id. */
  readonly constantOf: (resourceId: string) => string;
  /** Everything used so far. */
  readonly used: UsedData;
}

/** References of a stack as its program writes them. */
export function createReferences(stack: Stack, constants: Constants): References {
  const resources = new Map(stack.resources.map((resource) => [resource.id, resource]));
  const imports = new Map(stack.imports.map((entry) => [`${entry.stack}/${entry.export}`, entry]));
  const used = {
    lookups: new Map<Lookup, string>(),
    stackReferences: new Map<string, string>(),
    parameters: new Map<StackImport, string>(),
    resources: new Set<string>(),
    pulumi: false,
  };

  const constantOf = (id: string): string => {
    used.resources.add(id);
    return constants.ofResource(id);
  };

  const attribute = (reference: Reference): string => {
    const resource = resources.get(reference.resource);
    if (resource === undefined) throw new Error(`stack ${stack.name} has no resource ${reference.resource}`);
    return `${constantOf(resource.id)}.${attributeName(resource, reference.attribute)}`;
  };

  const crossStack = (part: CrossStack): string => {
    const entry = imports.get(`${part.stack}/${part.export}`);
    if (entry?.parameterName !== undefined && !entry.nativeTargets.includes('pulumi')) {
      const constant = remember(used.parameters, entry, () => constants.claim(camelCase([part.stack, part.export])));
      // `value` is marked as secret, which would hide whole policies in previews; an ARN is no secret.
      return `${constant}.insecureValue`;
    }
    const constant = remember(used.stackReferences, part.stack, () =>
      constants.claim(camelCase([part.stack, 'stack'])),
    );
    return `${constant}.requireOutput(${stringLiteral(exportOutputName(part.export))})`;
  };

  const pseudo = (name: Pseudo['name']): string => {
    const { lookup, preferred, property } = pseudos[name];
    return `${remember(used.lookups, lookup, () => constants.claim(preferred))}.${property}`;
  };

  const statementOf = oncePerStatement((tree) => {
    const mentioned = new Set<string>();
    return { ...statementCode(tree, memberOf(mentioned)), mentioned };
  });

  const memberOf =
    (mentioned: Set<string>): Member =>
    (part) => {
      switch (part.kind) {
        case 'reference':
          mentioned.add(part.resource);
          return attribute(part);
        case 'crossStack':
          return crossStack(part);
        case 'pseudo':
          return pseudo(part.name);
      }
    };

  const writer = (): Writer => {
    const mentioned = new Set<string>();
    const member = memberOf(mentioned);
    return {
      expression(expression) {
        if (expression.kind === 'concat') used.pulumi = true;
        return expressionCode(expression, member);
      },
      policy(document) {
        const code = policyCode(document, (statement) => {
          const found = statementOf(statement);
          for (const id of found.mentioned) mentioned.add(id);
          return found;
        });
        if (code.callee === jsonWithOutputs) used.pulumi = true;
        return code;
      },
      mentioned,
    };
  };

  return { writer, constantOf, used };
}

function remember<Key>(constants: Map<Key, string>, key: Key, claim: () => string): string {
  const constant = constants.get(key) ?? claim();
  constants.set(key, constant);
  return constant;
}

function attributeName(resource: Resource, attribute: Reference['attribute']): string {
  if (attribute !== 'id') return attribute;
  // aws.kms.ExternalKey has no keyId; its id is the same.
  return resource.kind === 'key' && resource.origin === 'EXTERNAL' ? 'id' : 'keyId';
}

const pseudos: Readonly<
  Record<Pseudo['name'], { readonly lookup: Lookup; readonly preferred: string; readonly property: string }>
> = {
  account: { lookup: 'getCallerIdentity', preferred: 'callerIdentity', property: 'accountId' },
  region: { lookup: 'getRegion', preferred: 'region', property: 'region' },
  partition: { lookup: 'getPartition', preferred: 'partition', property: 'partition' },
  dnsSuffix: { lookup: 'getPartition', preferred: 'partition', property: 'dnsSuffix' },
};
