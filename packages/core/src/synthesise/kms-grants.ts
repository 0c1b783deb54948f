import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badGrantee } from '../diagnostics/policy.ts';
import type { Expression } from '../ir/expression.ts';
import type { KmsGrant } from '../ir/program.ts';
import type { KmsGrantDefinition } from '../language/grant.ts';
import type { PrincipalReference } from '../language/principal.ts';
import { bindPrincipals, type PrincipalScope } from '../policy/bind-principals.ts';
import { entries, type Located, property, provenance } from '../project/located.ts';
import type { ImportModel, KeyModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { importedKeyId } from './aliases.ts';

/** The KMS grants of a key or replica of this stack; they live where the key does. */
export function synthesiseKmsGrants(
  key: KeyModel,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): readonly KmsGrant[] {
  const { region, name: environment = '' } = key.environment;
  const isReplica = key.kind === 'replicaKey';
  return grantsIn(key.properties.kmsGrants, key, scope, links, diagnostics).map((grant) => ({
    ...grant,
    id: `kmsGrant/${isReplica ? `${key.name}/${environment}` : key.name}/${grant.name}`,
    key: { kind: 'reference', resource: key.id, attribute: 'id' },
    ...(isReplica && region !== undefined && { region }),
  }));
}

/** The KMS grants that a stack makes on a key that it imports. */
export function synthesiseImportKmsGrants(
  imported: ImportModel,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): readonly KmsGrant[] {
  const definitions = property(imported.definition, 'kmsGrants');
  const { stack, name } = imported;
  return grantsIn(definitions, { name, stack, place: stack.place }, scope, links, diagnostics).flatMap((grant) => {
    const key = importedKeyId(imported, grant.source, links);
    return key === undefined ? [] : [{ ...grant, id: `kmsGrant/imports.${name}/${grant.name}`, key }];
  });
}

/** Grants without what depends on how the key is named. A grantee that is not one principal with an ARN is KW3046. */
function grantsIn(
  definitions: Located<Readonly<Record<string, KmsGrantDefinition>>> | undefined,
  key: Pick<KeyModel, 'name' | 'stack' | 'place'>,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): readonly Omit<KmsGrant, 'id' | 'key'>[] {
  const arnOf = (reference: Located<PrincipalReference> | undefined): Expression | undefined => {
    if (reference === undefined) return undefined;
    const bound = bindPrincipals([reference], key.stack, key.place, scope, diagnostics);
    const [grantee] = bound;
    if (grantee === undefined) return undefined; // reported
    if (bound.length === 1) {
      if (grantee.kind === 'existing') return grantee.arn;
      if (grantee.kind === 'created' && grantee.created.kind !== 'group') {
        const reason = `a KMS grant in it names \`${grantee.created.name}\``;
        return links.principalArn(key.stack, grantee.created, { span: grantee.span }, reason);
      }
      if (grantee.kind === 'outside' && grantee.principal.kind === 'aws') return grantee.principal.arn;
    }
    const name = typeof reference.value === 'string' ? reference.value : grantee.label;
    const isService = bound.length === 1 && grantee.kind === 'outside' && grantee.principal.kind === 'service';
    diagnostics.push(report(badGrantee, reference.span, { name, isService }));
    return undefined;
  };

  return entries(definitions).flatMap((definition): Omit<KmsGrant, 'id' | 'key'>[] => {
    const grantee = arnOf(property(definition, 'grantee'));
    const retiringPrincipal = arnOf(property(definition, 'retiringPrincipal'));
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
}

function sortedPairs(pairs: Readonly<Record<string, string>>) {
  return Object.entries(pairs)
    .map(([name, value]) => ({ name, value }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
