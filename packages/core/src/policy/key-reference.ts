import { report } from '../diagnostics/diagnostic.ts';
import { absentThere } from '../diagnostics/differences.ts';
import { badOutput, unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import { insteadOf } from '../diagnostics/suggestion.ts';
import { type Expression, type Literal, literal } from '../ir/expression.ts';
import { formatArn } from '../ir/format-arn.ts';
import { type Located, provenance } from '../project/located.ts';
import { lookedUpKey } from '../resolve/looked-up-key.ts';
import type { ImportModel, KeyModel, StackModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { sharedKeyAttribute } from './key-arn.ts';

const attributes = ['arn', 'id', 'aliasName', 'aliasArn'] as const;
type Attribute = (typeof attributes)[number];

/** The placeholders for keys and imports, as messages list them. */
export const keyPlaceholders: readonly string[] = ['keys.<name>.<attribute>', 'imports.<name>.<attribute>'];

/**
 * Resolves a placeholder such as `${keys.orders.arn}` or `${imports.shared.id}` in a text of a stack. Returns `undefined` for a placeholder
 * of another form. Reports a key or import that does not exist (KW2003), an attribute that it does not have (KW2010), and a key that is
 * absent in the environment (KW2142).
 */
export function keyReference(
  placeholder: string,
  text: Located<string>,
  stack: StackModel,
  links: Links,
): Result<Expression | undefined> {
  const match = /^(keys|imports)\.([^.]+)\.([^.]+)$/.exec(placeholder);
  if (match === null) return { value: undefined, diagnostics: [] };
  const [, section = '', name = '', attribute = ''] = match;
  const fail = (problem: string, advice: string): Result<Expression> => ({
    value: literal(''),
    diagnostics: [report(badOutput, text.span, { problem, advice })],
  });
  const absent = section === 'keys' ? stack.absentKeys.get(name) : undefined;
  if (absent !== undefined) {
    const parameters = { what: `\`keys.${name}\``, environments: absent.environments };
    const related = [{ message: 'this makes it absent', span: absent.by }];
    return { value: literal(''), diagnostics: [report(absentThere, text.span, parameters, related)] };
  }
  const members = section === 'keys' ? stack.keys : stack.imports;
  // The reason why the import has no key has already been reported.
  if (section === 'imports' && !members.has(name) && stack.sections.imports.some((one) => one.name === name))
    return { value: literal(''), diagnostics: [] };
  if (!members.has(name)) {
    const parameters = { kind: section === 'keys' ? 'key' : 'import', name, candidates: [...members.keys()] };
    return { value: literal(''), diagnostics: [report(unknownName, text.span, parameters)] };
  }
  if (!isAttribute(attribute)) {
    return fail(`a key has no attribute \`${attribute}\``, insteadOf(attribute, attributes, 'attribute'));
  }
  const key = stack.keys.get(name);
  const imported = stack.imports.get(name);
  const value =
    section === 'keys'
      ? key && attributeOfKey(key, attribute)
      : imported && attributeOfImport(imported, attribute, text, links);
  if (value !== undefined) return { value, diagnostics: [] };
  return attribute === 'aliasName' || attribute === 'aliasArn'
    ? fail(`\`${section}.${name}\` has no alias`, 'give it one with `aliases`, or use its `arn`')
    : fail(
        `the ${attribute} of \`${section}.${name}\` is not known, because the key is imported by its alias`,
        'use its `aliasName` or `aliasArn`, or import it by `arn` or by `lookup`',
      );
}

function isAttribute(text: string): text is Attribute {
  return (attributes as readonly string[]).includes(text);
}

function attributeOfKey(key: KeyModel, attribute: Attribute): Expression | undefined {
  if (attribute === 'arn' || attribute === 'id') return { kind: 'reference', resource: key.id, attribute };
  const [alias] = key.aliases;
  return alias && { kind: 'reference', resource: alias.id, attribute: attribute === 'aliasName' ? 'name' : 'arn' };
}

function attributeOfImport(
  imported: ImportModel,
  attribute: Attribute,
  text: Located<string>,
  links: Links,
): Expression | undefined {
  if (attribute === 'aliasName' || attribute === 'aliasArn') {
    const [alias] = imported.aliases;
    if (alias !== undefined) {
      return { kind: 'reference', resource: alias.id, attribute: attribute === 'aliasName' ? 'name' : 'arn' };
    }
    const aliasName = knownAlias(imported);
    if (aliasName === undefined) return undefined;
    return attribute === 'aliasName' ? aliasName : formatArn(imported.place, 'kms', aliasName);
  }
  switch (imported.kind) {
    case 'arn':
      return imported[attribute];
    case 'lookup':
      // It was already reported that the lookup has not been done.
      return lookedUpKey(imported, attribute) ?? literal('');
    case 'key':
      return sharedKeyAttribute(imported.key, attribute, imported.stack, links, provenance(text));
    case 'alias':
      return undefined;
  }
}

function knownAlias(imported: ImportModel): Literal | undefined {
  if (imported.kind === 'alias' || imported.kind === 'lookup') return imported.alias;
  return imported.kind === 'key' ? imported.key.aliases[0]?.nameText : undefined;
}
