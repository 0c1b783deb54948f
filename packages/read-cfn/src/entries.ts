import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { unexpectedValue } from './diagnostics.ts';
import { createNames, nameOfLogicalId } from './names.ts';
import type { Template } from './template.ts';

export interface Entry {
  readonly logicalId: string;
  /** Such as `AWS::KMS::Key`. */
  readonly type: string;
  readonly body: Mapping;
  /** The span of the logical id. */
  readonly span: Span;
}

const kinds = {
  'AWS::KMS::Key': 'key',
  'AWS::KMS::ReplicaKey': 'replicaKey',
  'AWS::KMS::Alias': 'alias',
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
  'AWS::SSM::Parameter': 'sharedParameter',
} as const satisfies Readonly<Record<string, string>>;

type Kind = (typeof kinds)[keyof typeof kinds];

function kindOf(type: string): Kind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type as keyof typeof kinds] : undefined; // checked by hasOwn
}

/** Suffixes of logical ids that the names do not have. */
const nouns = { key: 'Key', replicaKey: 'Replica', role: 'Role', user: 'User', group: 'Group' } as const;

/** The resources of a template. Reports resources without a type. */
export function entriesOf(template: Template): Result<readonly Entry[]> {
  const { locations } = template.parsed;
  const collector = createCollector();
  const entries = Object.entries(template.resources).flatMap(([logicalId, body]): readonly Entry[] => {
    if (logicalId.startsWith('Fn::')) return []; // reported with the template
    const span = locations.keySpan(template.resources, logicalId) ?? template.span;
    if (isMapping(body) && typeof body.Type === 'string') return [{ logicalId, type: body.Type, body, span }];
    collector.add(
      report(unexpectedValue, span, { resource: logicalId, property: 'Type', expected: 'a resource type' }),
    );
    return [];
  });
  return collector.result(entries);
}

/** The names of a resource that are known before its properties are read. */
export interface Identity {
  readonly logicalId: string;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
}

/** Identities by logical id. The id of an alias is provisional: an alias gets its id when it is read. */
export function idsOf(entries: readonly Entry[]): ReadonlyMap<string, Identity> {
  const names = { keys: createNames(), principals: createNames() };
  return new Map(
    entries.flatMap(({ logicalId, type }): readonly (readonly [string, Identity])[] => {
      const kind = kindOf(type);
      if (kind === undefined) return [];
      if (kind === 'alias' || kind === 'sharedParameter')
        return [[logicalId, { logicalId, kind, id: `${kind}/${logicalId}`, name: logicalId }]];
      const isKey = kind === 'key' || kind === 'replicaKey';
      const name = names[isKey ? 'keys' : 'principals'](nameOfLogicalId(logicalId, nouns[kind]));
      return [[logicalId, { logicalId, kind, id: `${kind}/${name}`, name }]];
    }),
  );
}
