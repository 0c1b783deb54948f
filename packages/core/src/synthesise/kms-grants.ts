import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badGrantee } from '../diagnostics/policy.ts';
import type { Expression } from '../ir/expression.ts';
import type { KmsGrant } from '../ir/program.ts';
import type { PrincipalReference } from '../language/principal.ts';
import { bindPrincipals, type PrincipalScope } from '../policy/bind-principals.ts';
import { entries, type Located, property, provenance } from '../project/located.ts';
import type { KeyModel } from '../resolve/model.ts';
import type { Links } from './links.ts';

/** The KMS grants of a key. A grantee that is not one principal with an ARN is KW3046. */
export function synthesiseKmsGrants(
  key: KeyModel,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): readonly KmsGrant[] {
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
    diagnostics.push(report(badGrantee, reference.span, { name }));
    return undefined;
  };

  const own = key.layers.at(-1);
  return entries(own && property(own, 'kmsGrants')).flatMap((definition): KmsGrant[] => {
    const grantee = arnOf(property(definition, 'grantee'));
    const retiringPrincipal = arnOf(property(definition, 'retiringPrincipal'));
    if (grantee === undefined) return [];
    const { encryptionContext, encryptionContextSubset, names = {}, operations } = definition.value;
    const pairs = encryptionContext ?? encryptionContextSubset;
    return [
      {
        kind: 'kmsGrant',
        id: `kmsGrant/${key.name}/${definition.name}`,
        name: definition.name,
        keyName: key.name,
        names,
        dependsOn: [],
        source: provenance({ ...definition, span: definition.nameSpan }),
        key: { kind: 'reference', resource: key.id, attribute: 'id' },
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
