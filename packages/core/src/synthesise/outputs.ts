import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badOutput } from '../diagnostics/resolve.ts';
import { insteadOf } from '../diagnostics/suggestion.ts';
import { type Expression, literal } from '../ir/expression.ts';
import type { Output } from '../ir/program.ts';
import { sharedKeyAttribute } from '../policy/key-arn.ts';
import { entries, type Named, property, provenance } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { ImportModel, KeyModel, StackModel } from '../resolve/model.ts';
import { formatArn } from '../resolve/place.ts';
import type { Links } from '../stacks/links.ts';

const attributes = ['arn', 'id', 'aliasName', 'aliasArn'] as const;
type Attribute = (typeof attributes)[number];

/** The outputs that a stack asks for. A reference to a key, import or attribute that does not exist is KW2010. */
export function synthesiseOutputs(stack: StackModel, links: Links, diagnostics: Diagnostic[]): readonly Output[] {
  return entries(property(stack.definition, 'outputs')).map((definition) => {
    const lookup = (placeholder: string) => outputReference(placeholder, definition, stack, links, diagnostics);
    const known = ['keys.<name>.<attribute>', 'imports.<name>.<attribute>'];
    return {
      name: definition.name,
      value: interpolate(definition, stack.place, diagnostics, lookup, known),
      source: { span: definition.nameSpan },
    };
  });
}

function outputReference(
  placeholder: string,
  output: Named<string>,
  stack: StackModel,
  links: Links,
  diagnostics: Diagnostic[],
): Expression | undefined {
  const match = /^(keys|imports)\.([^.]+)\.([^.]+)$/.exec(placeholder);
  if (match === null) return undefined;
  const [, section = '', name = '', attribute = ''] = match;
  const fail = (problem: string, advice: string): Expression => {
    diagnostics.push(report(badOutput, output.span, { problem, advice }));
    return literal('');
  };
  const members = section === 'keys' ? stack.keys : stack.imports;
  if (!members.has(name)) {
    return fail(
      `there is no \`${section}.${name}\` in this stack`,
      insteadOf(name, members.keys(), section.slice(0, -1)),
    );
  }
  if (!isAttribute(attribute)) {
    return fail(`a key has no attribute \`${attribute}\``, insteadOf(attribute, attributes, 'attribute'));
  }
  const key = stack.keys.get(name);
  const imported = stack.imports.get(name);
  const value =
    section === 'keys'
      ? key && attributeOfKey(key, attribute)
      : imported && attributeOfImport(imported, attribute, output, links);
  if (value !== undefined) return value;
  return attribute === 'aliasName' || attribute === 'aliasArn'
    ? fail(`\`${section}.${name}\` has no alias`, 'give it one with `aliases`, or use its `arn`')
    : fail(
        `the ${attribute} of \`${section}.${name}\` is not known: it is imported by its alias`,
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
  output: Named<string>,
  links: Links,
): Expression | undefined {
  if (attribute === 'aliasName' || attribute === 'aliasArn') {
    const [own] = imported.aliases;
    if (own !== undefined) {
      return { kind: 'reference', resource: own.id, attribute: attribute === 'aliasName' ? 'name' : 'arn' };
    }
    const aliasName = knownAlias(imported);
    if (aliasName === undefined) return undefined;
    return attribute === 'aliasName' ? literal(aliasName) : formatArn(imported.place, 'kms', literal(aliasName));
  }
  switch (imported.kind) {
    case 'arn':
      return imported[attribute];
    case 'lookup':
      // A lookup that has not been done has been reported.
      return literal((attribute === 'arn' ? imported.entry?.arn : imported.entry?.keyId) ?? '');
    case 'key':
      return sharedKeyAttribute(imported.key, attribute, imported.stack, links, provenance(output));
    case 'alias':
      return undefined;
  }
}

function knownAlias(imported: ImportModel): string | undefined {
  if (imported.kind === 'alias' || imported.kind === 'lookup') return imported.alias;
  return imported.kind === 'key' ? imported.key.aliases[0]?.aliasName : undefined;
}
