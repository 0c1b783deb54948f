import { awsAttribute } from '@keywright/core/emit/aws-provider';
import { parameterImport, resourceIn } from '@keywright/core/emit/references';
import { type Computed, type ComputedPart, printerOf, type RowValue } from '@keywright/core/emit/rows';
import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { camelCase, exportOutputName } from '../names.ts';
import {
  type AtomCode,
  array,
  atom,
  type Code,
  call,
  holdsOutput,
  inlineObject,
  object,
  output,
  repeated,
  scalar,
  string,
  template,
} from './code.ts';
import type { Constants } from './constants.ts';
import { stringLiteral } from './text.ts';

/** The functions of `@pulumi/aws` that look up the place of a deployment. */
export type Lookup = 'getCallerIdentity' | 'getPartition' | 'getRegion';

/** The function for each value that only the deployment knows. */
const lookups: Readonly<Record<Pseudo['name'], { readonly lookup: Lookup; readonly property: string }>> = {
  account: { lookup: 'getCallerIdentity', property: 'accountId' },
  region: { lookup: 'getRegion', property: 'region' },
  partition: { lookup: 'getPartition', property: 'partition' },
  dnsSuffix: { lookup: 'getPartition', property: 'dnsSuffix' },
};

/** Prints the values of one stack's program as TypeScript. */
export function createPrinter(stack: Stack, constants: Constants): (value: RowValue) => Code {
  const member = memberIn(stack, constants);
  return printerOf<Code>({
    text: string,
    scalar,
    code: atom,
    expression: (expression) => expressionCode(expression, member),
    list: array,
    // A single entry reads better on the line of its parent: `{ AWS: "…" }`.
    object: (entries, isExpanded) => (isExpanded || entries.length !== 1 ? object : inlineObject)(entries),
    statement: (code) => (code.kind === 'object' ? repeated(code) : code),
    // `JSON.stringify` does not resolve Pulumi's outputs, so it is only for documents without outputs.
    policy: (code) => call(holdsOutput(code) ? 'pulumi.jsonStringify' : 'JSON.stringify', code),
  });
}

type Part = Exclude<ComputedPart, { kind: 'literal' }>;

/** Prints a part of an expression that is not literal, such as `ordersKey.arn`. */
type Member = (part: Part) => AtomCode;

function expressionCode(expression: Computed, member: Member): Code {
  switch (expression.kind) {
    case 'literal':
      return string(expression.text);
    case 'concat':
      return template(expression.parts.map((part) => (part.kind === 'literal' ? string(part.text) : member(part))));
    default:
      return member(expression);
  }
}

function memberIn(stack: Stack, constants: Constants): Member {
  return (part) => {
    switch (part.kind) {
      case 'reference': {
        const resource = resourceIn(stack, part.resource);
        return output(`${constants.ofResource(resource.id)}.${camelCase([awsAttribute(resource, part.attribute)])}`);
      }
      case 'crossStack':
        return output(crossStackMember(part, stack, constants));
      case 'pseudo': {
        const { lookup, property } = lookups[part.name];
        return output(`${constants.ofLookup(lookup)}.${property}`);
      }
      case 'parameter':
        return atom(constants.ofConfig(part.name));
    }
  };
}

function crossStackMember(part: CrossStack, stack: Stack, constants: Constants): string {
  const parameter = parameterImport(part, stack, 'pulumi');
  // Uses `insecureValue`, because `value` is marked as secret, which would hide entire policies in previews. An ARN is not secret.
  if (parameter !== undefined) return `${constants.ofParameter(parameter)}.insecureValue`;
  return `${constants.ofStack(part.stack)}.requireOutput(${stringLiteral(exportOutputName(part.export))})`;
}
