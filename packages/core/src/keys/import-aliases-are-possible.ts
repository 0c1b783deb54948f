import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { aliasOnImport } from '../diagnostics/keys.ts';
import type { ImportModel } from '../resolve/model.ts';
import { describeEnvironment, samePlace } from '../resolve/place.ts';

/** An alias for an imported key is in the key's account and region, so the stack must be there too. An alias cannot point to an alias. */
export function importAliasesArePossible(imported: ImportModel): readonly Diagnostic[] {
  return imported.aliases.flatMap((alias): readonly Diagnostic[] => {
    if (imported.kind === 'alias') {
      const problem = `\`${imported.name}\` is known by its alias only, so there is no key id for \`${alias.aliasName}\` to point to`;
      return [report(aliasOnImport, alias.source.span, { problem, advice: 'import the key by `arn` or by `lookup`' })];
    }
    if (samePlace(alias.environment, imported.stack.environment)) return [];
    const { account = '', region = '' } = alias.environment;
    const problem = `\`${alias.aliasName}\` would be in ${describeEnvironment(imported.stack.environment)}, and its key is in account ${account}, ${region}`;
    return [
      report(aliasOnImport, alias.source.span, {
        problem,
        advice: 'create the alias in a stack in the account and region of the key',
      }),
    ];
  });
}
