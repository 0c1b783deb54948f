import type { AliasDefinition, KeyDefinition, ReplicaDefinition } from '../language/key.ts';
import type { Located } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** The texts of a project. A tag, description or alias has `${own}` where it names its environment or stack. */
export interface ProjectTexts {
  readonly texts: ReadonlySet<string>;
  /**
   * Names in references to keys and principals that could be names of stacks: `orders` in `orders.root` and `{ stack: orders }`. The stacks
   * that imports name are not included: each is in the environment of the importing stack, in an environment that the import names, or the
   * only deployment of its definition.
   */
  readonly stacksNamed: ReadonlySet<string>;
  /** Whether a tag or description names its environment or stack. */
  readonly labelsNamePlaces: boolean;
  /** Whether an alias names its environment or stack. */
  readonly aliasesNamePlaces: boolean;
}

/**
 * Every text, number and name in a project, except in three places that decide nothing: its lists of environments, the environments of its
 * stacks, and the options of targets.
 */
export function textsOf(project: Project): ProjectTexts {
  const { requirements, principals, standards, keySets, policyFiles, stacks, environments, access } = project;
  const collection = new TextCollection(environments);
  for (const section of [requirements, principals, policyFiles]) collection.addAll(section);
  for (const { value } of standards.values()) collection.addLabelled(value);
  for (const { value } of keySets.values()) {
    // A key set is a list of sets, or a mapping of keys by name.
    if (Array.isArray(value)) collection.add(value);
    else collection.addLabelled({ keys: value as Readonly<Record<string, KeyDefinition>> });
  }
  for (const { value } of stacks.values()) collection.addLabelled({ ...value, environment: undefined } as Labelled);
  for (const { value } of environments.values()) {
    collection.addLabelled({ tags: value.tags });
    collection.add(value.values);
  }
  for (const { stacksIn } of access.values()) for (const { value } of stacksIn) collection.add(value);
  return collection;
}

/**
 * A definition that has tags, aliases or a description: an environment, a stack, a standard, a key, a replica, or an entry of `in` of one
 * of these.
 */
interface Labelled {
  readonly imports?: Readonly<Record<string, unknown>> | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly aliases?: readonly AliasDefinition[] | undefined;
  readonly replicas?: readonly ReplicaDefinition[] | undefined;
  readonly keys?: Readonly<Record<string, Labelled | 'absent'>> | undefined;
  readonly in?: Readonly<Record<string, Labelled | 'absent'>> | undefined;
}

class TextCollection implements ProjectTexts {
  readonly texts = new Set<string>();
  readonly stacksNamed = new Set<string>();
  labelsNamePlaces = false;
  aliasesNamePlaces = false;
  readonly #environments: Project['environments'];
  readonly #seen = new Set<object>();

  constructor(environments: Project['environments']) {
    this.#environments = environments;
  }

  addAll(section: ReadonlyMap<string, Located<unknown>>): void {
    for (const { value } of section.values()) this.add(value);
  }

  add(value: unknown): void {
    if (typeof value === 'string') {
      this.texts.add(value);
      if (value.includes('.')) this.stacksNamed.add(value.slice(0, value.indexOf('.')));
    } else if (typeof value === 'number') this.texts.add(String(value));
    else if (typeof value === 'object' && value !== null && !this.#seen.has(value)) {
      this.#seen.add(value);
      for (const [name, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) this.texts.add(name);
        if (name === 'stack' && typeof inner === 'string') this.stacksNamed.add(inner);
        this.add(inner);
      }
    }
  }

  addLabelled(labelled: Labelled): void {
    const { description = '', tags = {}, keys = {}, in: differences = {}, imports = {}, ...more } = labelled;
    const { aliases = [], replicas = [], ...others } = more;
    this.add([others, Object.keys(tags), Object.keys(keys), Object.keys(differences), Object.keys(imports)]);
    for (const imported of Object.values(imports)) this.#addImport(imported);
    for (const label of [description, ...Object.values(tags)]) if (this.#addOwn(label)) this.labelsNamePlaces = true;
    for (const alias of aliases) this.#addAlias(alias);
    for (const replica of replicas) this.#addReplica(replica);
    for (const inner of [...Object.values(keys), ...Object.values(differences)]) {
      if (inner !== 'absent') this.addLabelled(inner);
    }
  }

  #addImport(imported: unknown): void {
    if (!isImportOfKey(imported) || !this.#isOneEnvironment(imported.environment)) {
      this.add(imported);
      return;
    }
    const { key, environment, ...others } = imported;
    this.texts.add(key);
    this.add({ ...others, environment });
  }

  /** Whether an import names a single environment or no environment. A group or pattern could include any environment. */
  #isOneEnvironment(environment: string | undefined): boolean {
    return environment === undefined || this.#environments.has(environment);
  }

  #addAlias(alias: AliasDefinition): void {
    const { name, ...others } = typeof alias === 'string' ? { name: alias } : alias;
    if (this.#addOwn(name)) this.aliasesNamePlaces = true;
    this.add(others);
  }

  #addReplica(replica: ReplicaDefinition): void {
    const { region, ...ofReplica } = replica;
    // A region means an environment of the key's own account.
    if (region === undefined) this.add({ replicas: replica });
    else this.addLabelled(ofReplica as Labelled);
  }

  /** Adds a text that may name its place; returns whether it does. */
  #addOwn(written: string): boolean {
    const text = written.replaceAll(/\$\{(?:environment|stack)\}/g, '${own}');
    this.texts.add(text);
    return text !== written;
  }
}

function isImportOfKey(value: unknown): value is { readonly key: string; readonly environment?: string } {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string';
}
