import { CORE_SCHEMA } from 'js-yaml';
import { readYaml } from '../../../../../packages/emit-cfn/src/read-back.test-support.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface TemplateOutput {
  readonly Description?: string;
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}

/** A template. Intrinsic functions have their long form. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

/** Reads a template. JSON is also YAML. */
export function readTemplate(text: string): Template {
  return readYaml(text, CORE_SCHEMA) as Template;
}

/** Looks up names in one template. */
export interface Names {
  /** Returns the value of a resource, a parameter or a pseudo parameter. */
  ref(name: string): string;
  attribute(logicalId: string, attribute: string): string;
  exported(name: string): string;
  /** Returns an output of another stack, as the CDK reads outputs of other accounts. */
  output(stack: string, name: string): string;
}

/** Returns the value of an expression in a template, according to the template reference. */
export function evaluate(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1) {
    if (name === 'Ref') return names.ref(String(argument));
    if (name.startsWith('Fn::')) return evaluateFunction(name.slice('Fn::'.length), argument, names);
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, evaluate(entry, names)]));
}

function evaluateFunction(name: string, argument: unknown, names: Names): unknown {
  const list = () => evaluate(argument, names) as readonly unknown[];
  switch (name) {
    case 'GetAtt': {
      const [logicalId = '', attribute = ''] = argument as readonly string[];
      return names.attribute(logicalId, attribute);
    }
    case 'Sub':
      if (typeof argument !== 'string') throw new Error('Fn::Sub with variables is not expected');
      return argument.replaceAll(/\$\{([^}]*)\}/g, (_, inside: string) => {
        if (inside.startsWith('!')) return `\${${inside.slice(1)}}`;
        const dot = inside.indexOf('.');
        return dot < 0 ? names.ref(inside) : names.attribute(inside.slice(0, dot), inside.slice(dot + 1));
      });
    case 'Join': {
      const [separator, items] = list();
      return (items as readonly string[]).join(String(separator));
    }
    case 'Split': {
      const [separator, text] = list();
      return String(text).split(String(separator));
    }
    case 'Select': {
      const [index, items] = list();
      return (items as readonly string[])[Number(index)];
    }
    case 'ImportValue':
      return names.exported(String(evaluate(argument, names)));
    case 'GetStackOutput': {
      const { StackName, OutputName } = argument as Readonly<Record<string, string>>;
      return names.output(String(StackName), String(OutputName));
    }
    default:
      throw new Error(`Fn::${name} is not expected`);
  }
}
