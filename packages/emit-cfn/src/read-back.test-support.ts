import { execFileSync, spawnSync } from 'node:child_process';
import { CORE_SCHEMA, defineScalarTag, defineSequenceTag, load, type Schema, YAML11_SCHEMA } from 'js-yaml';

const functions = ['GetAtt', 'Sub', 'Join', 'ImportValue'];

const tags = [
  ...['Ref', ...functions].map((name) =>
    defineScalarTag<object>(`!${name}`, {
      resolve: (text) => longForm(name, name === 'GetAtt' ? text.split('.') : text),
      identify: () => false,
    }),
  ),
  ...['Join', 'Sub'].map((name) =>
    defineSequenceTag<unknown[], object>(`!${name}`, {
      create: () => [],
      addItem: (list, item) => {
        list.push(item);
      },
      finalize: (list) => longForm(name, list),
      identify: () => false,
    }),
  ),
];

function longForm(name: string, value: unknown): object {
  return { [name === 'Ref' ? name : `Fn::${name}`]: value };
}

/** Reads a template with js-yaml, and turns short forms of intrinsic functions into long forms. */
export function readYaml(text: string, schema: Schema = YAML11_SCHEMA): unknown {
  return load(text, { schema: schema.withTags(...tags) });
}

export const schemas = [
  ['YAML 1.1', YAML11_SCHEMA],
  ['YAML 1.2', CORE_SCHEMA],
] as const;

/**
 * Reads with PyYAML, which cfn-lint and the AWS CLI use, and returns the same long forms. Fails if PyYAML reads a text as a date, since
 * JSON has no dates.
 */
const pythonReader = `
import json, sys, yaml

class Loader(yaml.SafeLoader):
    pass

def long_form(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == 'GetAtt':
            value = value.split('.')
    else:
        value = loader.construct_sequence(node, deep=True)
    return {suffix if suffix == 'Ref' else 'Fn::' + suffix: value}

Loader.add_multi_constructor('!', long_form)
sys.stdin.reconfigure(encoding='utf-8', newline='')
print(json.dumps(yaml.load(sys.stdin.read(), Loader=Loader)))
`;

export function readYamlWithPython(text: string): unknown {
  return JSON.parse(execFileSync('python3', ['-c', pythonReader], { input: text, encoding: 'utf8', maxBuffer: 1e8 }));
}

/** Whether to skip a test because its tool is missing; if so, prints a note. Never skips in CI, so that the test fails. */
export function isMissing(what: string, command: string, ...args: readonly string[]): boolean {
  if (process.env.CI === 'true' || spawnSync(command, args).status === 0) return false;
  console.warn(`left out: ${what} is not installed`);
  return true;
}

/** Evaluates an expression in a template, by the rules of the template reference. `values` has the values of logical ids and exports. */
export function evaluate(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, values));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name === 'Ref' || name === 'Fn::ImportValue') return lookup(String(argument), values);
    if (name === 'Fn::GetAtt' && Array.isArray(argument)) return lookup(argument.join('.'), values);
    if (name === 'Fn::Join' && Array.isArray(argument)) return (evaluate(argument[1], values) as string[]).join('');
    if (name === 'Fn::Sub') {
      return String(argument).replaceAll(/\$\{([^}]*)\}/g, (_, inside: string) =>
        inside.startsWith('!') ? `\${${inside.slice(1)}}` : lookup(inside, values),
      );
    }
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, evaluate(entry, values)]));
}

function lookup(name: string, values: Readonly<Record<string, string>>): string {
  const found = values[name];
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
}
