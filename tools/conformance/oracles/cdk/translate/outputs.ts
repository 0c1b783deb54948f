import type { ImportModel, KeyModel, StackModel } from '@keywright/core/resolve/model';
import { placeOf } from '../source/places.ts';
import { placeOfAlias } from './imports.ts';
import { textIn } from './text.ts';
import { entryFor, type Translation } from './translation.ts';

type Attribute = 'arn' | 'id' | 'aliasName' | 'aliasArn';

export function addOutputs(stack: StackModel, translation: Translation): void {
  const { CfnOutput } = translation.library.core;
  const construct = entryFor(translation.stacks, stack);
  for (const [name, output] of Object.entries(stack.definition.value.outputs ?? {})) {
    const { value: raw, description, export: exported } = typeof output === 'string' ? { value: output } : output;
    if (readsFromElsewhere(stack, raw, translation)) continue;
    const value = textIn(construct, raw, (placeholder) => attributeIn(placeholder, stack, translation));
    const exportName = exported === true ? exportNameOf(name, stack) : exported && textIn(construct, exported);
    const options = {
      value,
      ...(description !== undefined && { description }),
      ...(exportName !== undefined && { exportName }),
    };
    translation.outputs.set(new CfnOutput(construct, `Output${name}`, options), name);
  }
}

/** Returns the name for `export: true`, from docs/language.md. */
function exportNameOf(output: string, { app, name }: StackModel): string {
  return `${app}:${name}:${output.replaceAll('_', '::')}`;
}

/** Returns the value of `keys.orders.arn` and the like in a stack. */
export function attributeIn(placeholder: string, stack: StackModel, translation: Translation): string | undefined {
  const [section, member = '', attribute] = placeholder.split('.');
  const key = section === 'keys' ? stack.keys.get(member) : undefined;
  const imported = section === 'imports' ? stack.imports.get(member) : undefined;
  if (key !== undefined) return attributeOfKey(key, attribute as Attribute, translation); // checked by the compiler
  return imported && attributeOfImport(imported, attribute as Attribute, translation);
}

/** Whether an output comes from another account or region. Other tools can read such an output; CDK 1 cannot. */
function readsFromElsewhere(stack: StackModel, raw: string, { environments, limits }: Translation): boolean {
  if (stack.targets.includes('cfn')) return false;
  const placeOfStack = (one: StackModel) => JSON.stringify(placeOf(environments.get(one) ?? {}));
  const read = [...stack.imports.values()].flatMap((imported) =>
    imported.kind === 'key' &&
    raw.includes(`\${imports.${imported.name}.`) &&
    placeOfStack(imported.key.stack) !== placeOfStack(stack)
      ? [imported.key]
      : [],
  );
  for (const key of read) {
    limits.push({
      name: 'outputElsewhere',
      covers: (difference) =>
        difference.kind === 'presence' &&
        difference.side === 'ours' &&
        difference.of.startsWith(`${key.stack.name} exports `) &&
        difference.of.endsWith(`<id of ${key.stack.name}.${key.name}>`),
    });
  }
  return read.length > 0;
}

function attributeOfKey(key: KeyModel, attribute: Attribute, translation: Translation): string {
  const construct = entryFor(translation.keys, key);
  if (attribute === 'arn') return construct.keyArn;
  if (attribute === 'id') return construct.keyId;
  return attributeOfAlias(`${key.stack.name}/${key.aliases[0]?.id}`, attribute, translation);
}

function attributeOfAlias(id: string, attribute: Attribute, translation: Translation): string {
  const alias = entryFor(translation.aliases, id);
  if (attribute === 'aliasName') return alias.aliasName;
  const { library } = translation;
  if (!library.legacy) return alias.aliasArn;
  return library.core.Stack.of(alias).formatArn({ service: 'kms', resource: alias.aliasName });
}

function attributeOfImport(imported: ImportModel, attribute: Attribute, translation: Translation): string {
  const construct = entryFor(translation.imports, imported);
  if (attribute === 'arn') return construct.keyArn;
  if (attribute === 'id') return construct.keyId;
  const [own] = imported.aliases;
  if (own !== undefined) return attributeOfAlias(`${imported.stack.name}/${own.id}`, attribute, translation);
  if (imported.kind === 'key') {
    return attributeOfAlias(`${imported.key.stack.name}/${imported.key.aliases[0]?.id}`, attribute, translation);
  }
  const name = imported.kind === 'alias' || imported.kind === 'lookup' ? imported.alias.text : '';
  if (attribute === 'aliasName') return name;
  const stack = entryFor(translation.stacks, imported.stack);
  const { account, region } =
    imported.kind === 'lookup' && imported.entry !== undefined ? imported.entry : placeOfAlias(imported, stack);
  return stack.formatArn({ service: 'kms', resource: name, account, region });
}
