import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { type Expression, literalText } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { readPolicy } from '@keywright/core/reading/read-policy';
import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { readTheState } from '../advice.ts';
import { missing, textOf, Unread } from '../attributes.ts';
import { unreadableAttribute } from '../diagnostics.ts';
import { hasMark, type Marks, markPattern } from '../hcl/marks.ts';
import { nameInTerraform } from '../names.ts';
import type { References } from '../references.ts';
import type { SourceResource } from '../source/resource.ts';

export interface Node {
  readonly source: SourceResource;
  readonly id: string;
  readonly name: string;
  /** The region, if it differs from the stack's. */
  readonly region?: string;
}

export interface Context {
  readonly references: References;
  readonly partition: Expression;
  readonly account: Expression;
  /** Collects warnings about policies that can be read. */
  readonly warn: (warnings: readonly Diagnostic[]) => void;
}

/** Thrown for an unreadable policy, with the diagnostics that say why. */
export class Reported extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super();
    this.diagnostics = diagnostics;
  }
}

/**
 * Says why a resource of a module without a state cannot be built: it has a mark where only text is allowed. That may be in a name, or in a
 * key policy that names a role that stays with Terraform.
 */
function unplaced(text: string, marks: Marks | undefined): Unknown {
  const addresses = [...text.matchAll(new RegExp(markPattern, 'g'))].map(([mark]) => marks?.addressOf(mark));
  const address = addresses.find((each) => each !== undefined) ?? 'something';
  return new Unknown(`it refers to ${address}, which is not created yet, but only text is allowed there`, readTheState);
}

/** Returns the attribute with one of the marks in a text; `policy` if the mark is in the separate policy of a key. */
function attributeWithMark({ values }: SourceResource, text: string): string {
  const marks = text.match(new RegExp(markPattern, 'g')) ?? [];
  const named = Object.entries(values).find(([, value]) => {
    const written = JSON.stringify(value) ?? '';
    return marks.some((mark) => written.includes(mark));
  });
  return named?.[0] ?? 'policy';
}

/** Builds a resource, or returns the errors that explain why there is none. */
export function attempt<T>(source: SourceResource, marks: Marks | undefined, make: () => T): T | readonly Diagnostic[] {
  try {
    const made = make();
    const text = JSON.stringify(made);
    if (hasMark(text)) throw new Unread(attributeWithMark(source, text), '', unplaced(text, marks));
    return made;
  } catch (error) {
    if (error instanceof Reported) return error.diagnostics;
    if (!(error instanceof Unread)) throw error;
    const { attribute, message, unknown, resource: { address, spanOf } = source } = error;
    const span = spanOf(attribute);
    return [
      unknown === undefined
        ? report(unreadableAttribute, span, {
            resource: address,
            problem: message,
            advice: 'leave this resource to Terraform, or change it where it is defined, and apply',
          })
        : report(unknownValue, span, { resource: address, property: attribute, ...unknown }),
    ];
  }
}

/** Returns a resource's policy, with references. The node is the resource that has the policy. */
export function policyOf(
  kind: 'key' | 'identity' | 'trust',
  source: SourceResource,
  attribute: string,
  { id: owner, source: { values } }: Node,
  context: Context,
): PolicyDocument {
  const text = textOf(source, attribute);
  if (text === undefined) throw missing(attribute);
  const { value, diagnostics } = readPolicy(kind, {
    document: withReferences(text, owner, context),
    resource: source.address,
    span: source.spanOf(attribute),
    partition: context.partition,
    // In a module, the ARN of a key is not known.
    isOwnArn: (one) =>
      one.kind === 'reference' ? one.resource === owner && one.attribute === 'arn' : literalText(one) === values.arn,
  });
  if (value === undefined) throw new Reported(diagnostics);
  context.warn(diagnostics);
  return value;
}

/** The elements of a statement that name resources. */
const naming = new Set(['Principal', 'NotPrincipal', 'Resource', 'NotResource', 'Condition']);

function withReferences(text: string, owner: string, { references }: Context): SourceValue {
  const restored = (value: unknown): SourceValue => {
    if (typeof value === 'string') {
      const expression = references.restored(value, owner);
      return expression.kind === 'literal' ? expression.text : new Computed(expression);
    }
    if (Array.isArray(value)) return value.map(restored);
    if (isMapping(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restored(inner)]));
    return value as SourceValue; // the other results of JSON.parse: a number, a boolean or null
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text; // reported when the policy is read
  }
  if (!isMapping(parsed)) return parsed as SourceValue; // as above, or a list
  const { Statement: statements, ...others } = parsed as Readonly<Record<string, SourceValue>>;
  const inStatement = (statement: SourceValue): SourceValue =>
    isMapping(statement)
      ? Object.fromEntries(
          Object.entries(statement).map(([key, value]) => [
            key,
            naming.has(key) ? restored(value) : (value as SourceValue),
          ]),
        )
      : statement;
  return {
    ...others,
    ...(statements !== undefined && {
      Statement: Array.isArray(statements) ? statements.map(inStatement) : inStatement(statements),
    }),
  };
}

export function commonOf(node: Node) {
  const name = nameInTerraform(node.source);
  return {
    id: node.id,
    ...(node.region !== undefined && { region: node.region }),
    names: name === undefined ? {} : { terraform: name },
    dependsOn: [],
    source: { span: node.source.span },
  };
}
