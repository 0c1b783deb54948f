import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { type ConfiguredModules, lastCallIn } from './configured-modules.ts';

/** The maximum number of modules that a reference is followed through. */
const deepest = 20;

/** Follows references through the calls, variables and outputs of modules. */
export class ConfiguredReferences {
  readonly #json: JsonText;
  readonly #modules: ConfiguredModules;
  readonly #variables: Range | undefined;

  /** `variables` has the values of the root module's variables. */
  constructor(json: JsonText, modules: ConfiguredModules, variables: Range | undefined) {
    this.#json = json;
    this.#modules = modules;
    this.#variables = variables;
  }

  /**
   * Resolves references in a module to addresses that start at the root module. `index` is the index of the instance that contains the
   * references.
   */
  resolved(
    references: readonly string[],
    module: string,
    index: string | number | undefined,
    depth = 0,
  ): readonly string[] {
    return chainsOf(ofInstance(references, index)).flatMap((chain) =>
      depth > deepest
        ? chain
        : (this.#throughVariable(chain, module, depth) ??
          this.#throughOutput(chain, module, depth) ??
          chain.map((each) => inModule(module, each))),
    );
  }

  /** Replaces `var.policy` by the argument that the module's call passes, or by nothing if that is null. */
  #throughVariable([whole = '']: readonly string[], module: string, depth: number): readonly string[] | undefined {
    const [, name = ''] = /^var\.([\w-]+)$/.exec(whole) ?? [];
    if (name === '') return undefined;
    const json = this.#json;
    const expression = json.member(this.#modules.callOf(module), 'expressions', name);
    if (expression === undefined) return this.#isNull(name, module) ? [] : undefined;
    const passed = json.value(expression);
    if (isMapping(passed) && passed.constant_value === null) return [];
    const { parent, index } = lastCallIn(module);
    const references = referencesIn(passed);
    return references.length === 0 ? undefined : this.resolved(references, parent, index, depth + 1);
  }

  /** Whether a variable that no call sets is null. A variable of the root module is null if its value is, any other if its default is. */
  #isNull(name: string, module: string): boolean {
    const json = this.#json;
    if (module === '') return json.value(this.#variables, name, 'value') === null;
    const declared = json.member(this.#modules.at(module), 'variables', name);
    return declared !== undefined && (json.value(declared, 'default') ?? null) === null;
  }

  /** Replaces `module.kms["a"].key_id` by `module.kms["a"].aws_kms_key.this.key_id`. */
  #throughOutput([whole = '']: readonly string[], module: string, depth: number): readonly string[] | undefined {
    const [, call, output = ''] = /^(module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?)\.([\w-]+)$/.exec(whole) ?? [];
    if (call === undefined) return undefined;
    const json = this.#json;
    const inner = inModule(module, call);
    const references = referencesIn(json.value(this.#modules.at(inner), 'outputs', output, 'expression'));
    return references.length === 0 ? undefined : this.resolved(references, inner, undefined, depth + 1);
  }
}

/**
 * Groups references by what they name: after `aws_kms_key.k[0].arn`, a plan also lists the prefixes `aws_kms_key.k[0]` and `aws_kms_key.k`.
 */
export function chainsOf(references: readonly string[]): readonly (readonly string[])[] {
  const chains: string[][] = [];
  for (const each of references) {
    const chain = chains.at(-1);
    const whole = chain?.[0];
    const isBeginning = whole !== undefined && /^[.[]/.test(whole.slice(each.length)) && whole.startsWith(each);
    if (chain !== undefined && isBeginning) chain.push(each);
    else chains.push([each]);
  }
  return chains;
}

/** Replaces `aws_kms_key.k` and `each.key`, the references of `aws_kms_key.k[each.key].arn`, by `aws_kms_key.k["a"]`. */
function ofInstance(references: readonly string[], index: string | number | undefined): readonly string[] {
  if (index === undefined) return references;
  const isKey = (one: string | undefined) => one === 'each.key' || one === 'count.index';
  return references.flatMap((one, at) => {
    if (/^(data\.)?[\w-]+\.[\w-]+$/.test(one) && isKey(references[at + 1])) return [`${one}[${JSON.stringify(index)}]`];
    return isKey(one) ? [] : [one];
  });
}

function inModule(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

/** Returns the references that a plan lists for an expression. */
export function referencesIn(expression: unknown): readonly string[] {
  if (!isMapping(expression) || !Array.isArray(expression.references)) return [];
  return expression.references.filter((one): one is string => typeof one === 'string');
}
