import { lines, object, policy, type Rows, unless } from '../../emit/rows.ts';
import type { Resource } from '../../ir/program.ts';

export function rowsOf(resource: Resource): Rows {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [
        ['description', resource.description],
        ['spec', unless('SYMMETRIC_DEFAULT', resource.spec)],
        ['enabled', unless(true, resource.enabled)],
        ['window', resource.pendingWindowDays],
        ['policy', policy(resource.policy)],
        ['tags', lines(resource.tags)],
      ];
    case 'alias':
      return [['target', resource.target]];
    case 'role':
      return [['trust', policy(resource.assumeRolePolicy)]];
    case 'user':
    case 'group':
      return [['name', resource.physicalName]];
    case 'identityPolicy':
      return [
        [resource.attachTo.kind, resource.attachTo.name],
        ['policy', policy(resource.document)],
      ];
    case 'kmsGrant':
      return [
        ['key', resource.key],
        ['grantee', resource.grantee],
        ['operations', resource.operations],
        ['context', object((resource.encryptionContext?.pairs ?? []).map(({ name, value }) => [name, value]))],
      ];
    case 'sharedParameter':
      return [['value', resource.value]];
  }
}
