import { literal } from '@keywright/core/ir/expression';
import { formatArn } from '@keywright/core/ir/format-arn';
import { Computed, type SourceValue, Unknown, valueOfExpression } from '@keywright/core/reading/source-value';
import type { Place } from '@keywright/core/resolve/place';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Entry, Identity } from './entries.ts';
import type { Evaluator } from './evaluate/evaluate.ts';
import type { Outcome } from './read-entry.ts';

export interface AttributeContext {
  readonly place: Place;
  readonly evaluator: Evaluator;
  readonly identityOf: (logicalId: string) => Identity | undefined;
  readonly read: (entry: Entry) => Outcome;
  /** Whether an entry is being read right now. */
  readonly isOpen: (entry: Entry) => boolean;
}

/** Returns the value of an attribute of a resource (`Fn::GetAtt`), or of `Ref` if `attribute` is `Ref`. */
export function attributeOf(entry: Entry, attribute: string, context: AttributeContext): SourceValue {
  const { id = '', kind } = context.identityOf(entry.logicalId) ?? {};
  const isArn = attribute === 'Arn';
  const isRef = attribute === 'Ref';
  switch (kind) {
    case 'key':
    case 'replicaKey':
      if (isArn) return reference(id, 'arn');
      return isRef || attribute === 'KeyId' ? reference(id, 'id') : knownAfterDeployment(entry, attribute);
    case 'alias': {
      const { resource } = context.read(entry);
      return isRef && resource?.kind === 'alias'
        ? reference(resource.id, 'name')
        : knownAfterDeployment(entry, attribute);
    }
    case 'role':
    case 'user':
    case 'group': {
      if (!isArn && !isRef) return knownAfterDeployment(entry, attribute);
      const value = reference(id, isArn ? 'arn' : 'name');
      if (context.isOpen(entry)) return value;
      const { resource, problems } = context.read(entry);
      if (resource !== undefined) return value;
      const why = `, and stays in its template: ${problems[0]?.message}`;
      return nameOfPrincipal(entry, kind, isArn, context) ?? knownAfterDeployment(entry, attribute, why);
    }
    case 'sharedParameter':
    case undefined:
      return knownAfterDeployment(entry, attribute);
  }
}

function reference(resource: string, attribute: 'arn' | 'id' | 'name'): Computed {
  return new Computed({ kind: 'reference', resource, attribute });
}

function knownAfterDeployment({ logicalId, type }: Entry, attribute: string, because = ''): Unknown {
  const isRef = attribute === 'Ref';
  return new Unknown(
    `${logicalId} (${type}) gets its ${isRef ? 'name' : attribute} when it is deployed${because}`,
    `write the value, or give it with \`--parameters\` as "${isRef ? logicalId : `${logicalId}.${attribute}`}"`,
  );
}

/** Returns the ARN or name of a principal that the IR cannot express, if its template sets the name. */
function nameOfPrincipal(
  { body }: Entry,
  kind: 'role' | 'user' | 'group',
  isArn: boolean,
  { evaluator, place }: AttributeContext,
): SourceValue | undefined {
  const fields = isMapping(body.Properties) ? body.Properties : {};
  const nameProperty = { role: 'RoleName', user: 'UserName', group: 'GroupName' }[kind];
  const physicalName = evaluator.at(fields, nameProperty);
  const path = evaluator.at(fields, 'Path') ?? '/';
  if (typeof physicalName !== 'string' || typeof path !== 'string') return undefined;
  return isArn ? valueOfExpression(formatArn(place, 'iam', literal(`${kind}${path}${physicalName}`))) : physicalName;
}
