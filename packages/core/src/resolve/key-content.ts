import { createCollector, type Result } from '../diagnostics/result.ts';
import type { GrantDefinition, KmsGrantDefinition } from '../language/grant.ts';
import type { PrincipalReference } from '../language/principal.ts';
import { kmsDefaultPolicyId, type StatementDefinition } from '../language/statement.ts';
import { elements, type Located, type Named, oneOrMore, property, retyped } from '../project/located.ts';
import { pathOfPolicy } from '../project/policy-files.ts';
import { bindPrincipals, bindReference } from './bind-principals.ts';
import { type KeyProperties, type KeyText, keyProperties } from './key-properties.ts';
import type { GrantModel, KeyContent, KmsGrantModel, PolicyModel, StatementModel } from './model.ts';
import type { Scope } from './scope.ts';
import { resolveServices } from './services.ts';
import { standardNames } from './standard-names.ts';
import type { Viewpoint } from './viewpoint.ts';

/** Resolves the content of a key, a replica or a standard from its layers, the nearest last. */
export function resolveContent(
  layers: readonly Located<KeyText>[],
  { name, nameSpan }: Pick<KeyContent, 'name' | 'nameSpan'>,
  from: Viewpoint,
  scope: Scope,
): KeyContent {
  const collector = createCollector();
  const { settings, policyFiles } = scope.project;
  const properties = keyProperties(layers);
  const bind = (references: Located<PrincipalReference | readonly PrincipalReference[]> | undefined) =>
    collector.take(bindPrincipals(oneOrMore(references), from, scope));
  const statement = (written: Located<StatementDefinition>): StatementModel => ({
    definition: written,
    principals: bind(property(written, 'principals')),
    notPrincipals: bind(property(written, 'notPrincipals')),
  });
  const policy = (of: NonNullable<KeyProperties['policy']>): PolicyModel => {
    const { value } = of;
    if (value === kmsDefaultPolicyId) return { kind: 'kmsDefault' };
    if (!Array.isArray(value)) {
      return { kind: 'file', file: policyFiles.get(pathOfPolicy(of, value)), because: value.because };
    }
    const statements = elements(retyped<readonly StatementDefinition[]>(of, value)).map(statement);
    return { kind: 'statements', statements };
  };
  const content = {
    name,
    nameSpan,
    place: from.place,
    properties,
    standards: standardNames(layers),
    ...(properties.policy && { policy: policy(properties.policy) }),
    statements: properties.statements.map(statement),
    admins: properties.admins.map((reference) => collector.take(bindReference(reference, from, scope))),
    services: collector.take(resolveServices(properties.services, from.place, settings.regions)),
    grants: collector.take(bindGrants(properties.grants, from, scope)),
  };
  return { ...content, diagnostics: collector.diagnostics };
}

export function bindGrants(
  definitions: readonly Located<GrantDefinition>[],
  from: Viewpoint,
  scope: Scope,
): Result<readonly GrantModel[]> {
  const collector = createCollector();
  const grants = definitions.map((definition) => ({
    definition,
    grantees: collector.take(bindPrincipals(oneOrMore<PrincipalReference>(property(definition, 'to')), from, scope)),
  }));
  return collector.result(grants);
}

export function bindKmsGrants(
  definitions: Iterable<Named<KmsGrantDefinition>>,
  from: Viewpoint,
  scope: Scope,
): Result<readonly KmsGrantModel[]> {
  const collector = createCollector();
  const grants = [...definitions].flatMap((definition): readonly KmsGrantModel[] => {
    const grantee = property(definition, 'grantee');
    const retiring = property(definition, 'retiringPrincipal');
    if (grantee === undefined) return []; // the schema requires one
    return [
      {
        definition,
        grantee: collector.take(bindReference(grantee, from, scope)),
        ...(retiring && { retiringPrincipal: collector.take(bindReference(retiring, from, scope)) }),
      },
    ];
  });
  return collector.result(grants);
}
