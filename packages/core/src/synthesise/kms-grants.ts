import { byName } from '../collections/by-name.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { badGrantee } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Expression } from '../ir/expression.ts';
import { nameInId } from '../ir/name-in-id.ts';
import type { KmsGrant } from '../ir/program.ts';
import { provenance } from '../project/located.ts';
import type { BoundReference, ImportModel, KeyModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { importedKeyId } from './aliases.ts';

/** The KMS grants of a key or replica of this stack, in the key's region. */
export function synthesiseKmsGrants(key: KeyModel, links: Links): Result<readonly KmsGrant[]> {
  const { region } = key.environment;
  const isReplica = key.kind === 'replicaKey';
  const { value: grants, diagnostics } = grantsOf(key, links);
  const ofKey = grants.map((grant) => ({
    ...grant,
    id: `kmsGrant/${nameInId(key.id).replace('@', '/')}/${grant.name}`,
    key: { kind: 'reference', resource: key.id, attribute: 'id' } as const,
    ...(isReplica && region !== undefined && { region }),
  }));
  return { value: ofKey, diagnostics };
}

/** The KMS grants that a stack creates on an imported key. */
export function synthesiseImportKmsGrants(imported: ImportModel, links: Links): Result<readonly KmsGrant[]> {
  const { value: grants, diagnostics } = grantsOf(imported, links);
  const onImport = grants.flatMap((grant) => {
    const key = importedKeyId(imported, grant.source, links);
    return key === undefined ? [] : [{ ...grant, id: `kmsGrant/imports.${imported.name}/${grant.name}`, key }];
  });
  return { value: onImport, diagnostics };
}

/** KMS grants, still without their ids and their key. Reports a grantee that is not exactly one principal with an ARN (KW3046). */
function grantsOf(
  key: Pick<KeyModel | ImportModel, 'name' | 'stack' | 'kmsGrants'>,
  links: Links,
): Result<readonly Omit<KmsGrant, 'id' | 'key'>[]> {
  const collector = createCollector();
  const arnOf = ({ reference, grantees }: BoundReference): Expression | undefined => {
    const [grantee] = grantees;
    if (grantee === undefined) return undefined; // already reported
    const isOne = grantees.length === 1;
    if (isOne) {
      if (grantee.kind === 'existing') return grantee.arn;
      if (grantee.kind === 'created' && grantee.created.kind !== 'group') {
        const reason = `a KMS grant in it names \`${grantee.created.name}\``;
        return links.principalArn(key.stack, grantee.created, { span: grantee.span }, reason);
      }
      if (grantee.kind === 'outside' && grantee.principal.kind === 'aws') return grantee.principal.arn;
    }
    const name = typeof reference.value === 'string' ? reference.value : grantee.label;
    const isService = isOne && grantee.kind === 'outside' && grantee.principal.kind === 'service';
    collector.add(report(badGrantee, reference.span, { name, isService }));
    return undefined;
  };

  const grants = key.kmsGrants.flatMap((grant): Omit<KmsGrant, 'id' | 'key'>[] => {
    const { definition } = grant;
    const grantee = arnOf(grant.grantee);
    const retiringPrincipal = grant.retiringPrincipal && arnOf(grant.retiringPrincipal);
    if (grantee === undefined) return [];
    const { encryptionContext, encryptionContextSubset, names = {}, operations } = definition.value;
    const pairs = encryptionContext ?? encryptionContextSubset;
    return [
      {
        kind: 'kmsGrant',
        name: definition.name,
        named: definition.value.named ?? true,
        retireOnDelete: definition.value.retireOnDelete ?? false,
        keyName: key.name,
        names,
        dependsOn: [],
        source: provenance({ ...definition, span: definition.nameSpan }),
        grantee,
        ...(retiringPrincipal !== undefined && { retiringPrincipal }),
        operations,
        ...(pairs !== undefined && {
          encryptionContext: {
            match: encryptionContext === undefined ? 'subset' : 'equals',
            pairs: sortedPairs(pairs),
          },
        }),
      },
    ];
  });
  return collector.result(grants);
}

function sortedPairs(pairs: Readonly<Record<string, string>>) {
  return Object.entries(pairs)
    .map(([name, value]) => ({ name, value }))
    .sort(byName);
}
