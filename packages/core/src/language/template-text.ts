import { isMapping } from '../syntax/is-mapping.ts';

/** Our placeholder for each pseudo parameter of CloudFormation. Source: CloudFormation user guide, "Pseudo parameters reference". */
const placeholders: Readonly<Record<string, string>> = {
  'AWS::AccountId': '${account}',
  'AWS::Region': '${region}',
  'AWS::Partition': '${partition}',
  'AWS::URLSuffix': '${dnsSuffix}',
};

/** The text of a template's reference or function. */
export interface TemplateText {
  /** With our placeholders for pseudo parameters. */
  readonly value: string;
  /** The names of references and functions that exist only in the template. */
  readonly unknown: readonly string[];
}

/**
 * The text of `{ Ref: … }`, `{ Fn::Sub: … }` and `{ Fn::Join: … }`. Any other function has no text; `unknown` contains
 * its name or, for `Fn::GetAtt`, the attribute. `undefined` for anything that is not a template's function.
 */
export function templateText(value: unknown): TemplateText | undefined {
  if (!isMapping(value)) return undefined;
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (name === undefined || others.length > 0) return undefined;
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? reference(argument) : undefined;
    case 'Fn::Sub':
      return substitution(argument) ?? unknown(name);
    case 'Fn::Join':
      return joined(argument) ?? unknown(name);
    case 'Fn::GetAtt':
      return unknown(
        [argument]
          .flat()
          .filter((part) => typeof part === 'string')
          .join('.') || name,
      );
    default:
      return name.startsWith('Fn::') ? unknown(name) : undefined;
  }
}

function unknown(name: string): TemplateText {
  return { value: '', unknown: [name] };
}

function reference(name: string): TemplateText {
  const placeholder = placeholders[name];
  return placeholder === undefined ? unknown(name) : { value: placeholder, unknown: [] };
}

/** The text of `Fn::Sub`. Its argument is a text, or a list of a text and the values of its own variables. */
function substitution(argument: unknown): TemplateText | undefined {
  const [text, variables = {}] = [argument].flat();
  if (typeof text !== 'string' || !isMapping(variables)) return undefined;
  const names: string[] = [];
  const value = text.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, isLiteral: string, inner: string) => {
    if (isLiteral !== '') return `$\${${inner}}`;
    const name = inner.trim();
    const part = Object.hasOwn(variables, name) ? partOf(variables[name]) : reference(name);
    names.push(...(part?.unknown ?? [name]));
    return part?.value ?? '';
  });
  return { value, unknown: names };
}

/** The text of `Fn::Join`. Its argument is a list of the delimiter and the parts. */
function joined(argument: unknown): TemplateText | undefined {
  const [delimiter, parts] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
  if (typeof delimiter !== 'string' || !Array.isArray(parts)) return undefined;
  const texts = parts.map(partOf);
  const translated = texts.filter((text) => text !== undefined);
  if (translated.length < texts.length) return undefined;
  return {
    value: translated.map(({ value }) => value).join(delimiter),
    unknown: translated.flatMap((text) => text.unknown),
  };
}

function partOf(value: unknown): TemplateText | undefined {
  if (typeof value === 'string') return { value, unknown: [] };
  return typeof value === 'number' ? { value: String(value), unknown: [] } : templateText(value);
}
