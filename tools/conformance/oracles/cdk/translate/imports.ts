import type { ImportModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { textIn } from './text.ts';
import { entryFor, type Translation } from './translation.ts';

/** Imports a key into a stack, and creates the stack's aliases of the key. */
export function addImport(imported: ImportModel, translation: Translation): void {
  const targetKey = importKey(imported, translation);
  translation.imports.set(imported, targetKey);
  const stack = entryFor(translation.stacks, imported.stack);
  for (const { id, aliasName } of imported.aliases) {
    const alias = new translation.library.kms.Alias(stack, id.replaceAll('/', '-'), { aliasName, targetKey });
    translation.aliases.set(`${imported.stack.name}/${id}`, alias);
  }
}

function importKey(imported: ImportModel, translation: Translation): kms.IKey {
  const { kms } = translation.library;
  const stack = entryFor(translation.stacks, imported.stack);
  const id = `Import${imported.name}`;
  switch (imported.kind) {
    case 'key':
      return entryFor(translation.keys, imported.key);
    case 'arn': {
      const { value } = imported.definition;
      return kms.Key.fromKeyArn(stack, id, textIn(stack, 'arn' in value ? value.arn : ''));
    }
    case 'alias':
      return kms.Alias.fromAliasName(stackOfAlias(imported, translation), id, imported.alias.text);
    case 'lookup': {
      const { entry } = imported;
      if (entry === undefined) throw new Error(`${imported.alias.text} has not been looked up`);
      const { account, region } = imported.stack.environment;
      if (entry.account === account && entry.region === region) {
        return kms.Key.fromLookup(stack, id, { aliasName: imported.alias.text });
      }
      translation.limits.push({ name: 'lookupElsewhere' });
      return kms.Key.fromKeyArn(stack, id, entry.arn);
    }
  }
}

/**
 * Returns the stack that the CDK imports an alias into. It must have the account and region of the alias, so an alias in another place gets
 * a stack that is not synthesised.
 */
function stackOfAlias(imported: ImportModel, translation: Translation): core.Stack {
  const stack = entryFor(translation.stacks, imported.stack);
  const { account, region } = placeOfAlias(imported, stack);
  if (account === stack.account && region === stack.region) return stack;
  const { App, Stack } = translation.library.core;
  return new Stack(new App({ context: stack.node.getAllContext() }), 'Elsewhere', { env: { account, region } });
}

export function placeOfAlias(imported: ImportModel, stack: core.Stack): { account: string; region: string } {
  const { value } = imported.definition;
  if (!('alias' in value) || !value.alias.startsWith('arn:')) return { account: stack.account, region: stack.region };
  const [, , , region = '', account = ''] = textIn(stack, value.alias).split(':');
  return { account, region };
}

/** Returns the entries of `cdk.context.json` that correspond to `keywright.context.json`. */
export function contextOf(imports: readonly ImportModel[]): Readonly<Record<string, unknown>> {
  const entries = imports.flatMap((imported) =>
    imported.kind !== 'lookup' || imported.entry === undefined ? [] : [imported.entry],
  );
  return Object.fromEntries(
    entries.map(({ account, alias, region, keyId }) => [
      `key-provider:account=${account}:aliasName=${alias}:region=${region}`,
      { keyId },
    ]),
  );
}

/** Returns the region of the services in `via`. */
export function regionOf(imported: ImportModel, translation: Translation): string {
  const stack = entryFor(translation.stacks, imported.stack);
  switch (imported.kind) {
    case 'key':
      return entryFor(translation.stacks, imported.key.stack).region;
    case 'alias':
      return placeOfAlias(imported, stack).region;
    case 'lookup':
      return imported.entry?.region ?? stack.region;
    case 'arn': {
      const { value } = imported.definition;
      return textIn(stack, ('arn' in value ? value.arn : '').split(':')[3] ?? '');
    }
  }
}
