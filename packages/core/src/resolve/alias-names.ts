import { report } from '../diagnostics/diagnostic.ts';
import { badAliasName, reservedAlias } from '../diagnostics/keys.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import { limits } from '../kms/limits.ts';
import type { AliasDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';
import type { AliasModel } from './model.ts';

/** An alias name with its prefix. */
export function withAliasPrefix(name: string): string {
  return name.startsWith('alias/') ? name : `alias/${name}`;
}

/** Whether KMS can have an alias of this name, prefix included. Source: AWS KMS API reference, CreateAlias, AliasName. */
function isAliasName(aliasName: string): boolean {
  return /^alias\/[a-zA-Z0-9/_-]+$/.test(aliasName) && aliasName.length <= limits.aliasNameCharacters;
}

/** The name of an alias that exists already, AWS's own included. One that cannot exist is KW3007. */
export function existingAliasName(name: Located<string>): Result<string> {
  const aliasName = withAliasPrefix(name.value);
  const isPossible = isAliasName(aliasName);
  const problem = report(badAliasName, name.span, { aliasName, maximum: limits.aliasNameCharacters });
  return { value: aliasName, diagnostics: isPossible ? [] : [problem] };
}

/**
 * The aliases of a key or an import. `holder` is what makes their ids unique: `orders`, `orders@prod-us`,
 * `imports.shared`. A name that KMS would refuse is reported and left out.
 */
export function resolveAliases(
  definitions: readonly Located<AliasDefinition>[],
  holder: string,
  keyName: string,
  environment: Environment,
): Result<readonly AliasModel[]> {
  const collector = createCollector();
  const aliases = definitions.flatMap((source) => {
    const { value } = source;
    const aliasName = withAliasPrefix(typeof value === 'string' ? value : value.name);
    const maximum = limits.aliasNameCharacters;
    if (!isAliasName(aliasName)) {
      collector.add(report(badAliasName, source.span, { aliasName, maximum }));
      return [];
    }
    if (aliasName.startsWith('alias/aws/')) {
      collector.add(report(reservedAlias, source.span, { aliasName }));
      return [];
    }
    const id = `alias/${holder}/${aliasName.slice('alias/'.length)}`;
    const names = typeof value === 'string' ? {} : (value.names ?? {});
    return { id, aliasName, keyName, environment, names, source };
  });
  return collector.result(aliases);
}
