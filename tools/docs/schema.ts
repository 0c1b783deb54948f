import { schemaAddress } from '@keywright/core/diagnostics/addresses';
import { languageJsonSchema } from '@keywright/core/language/json-schema';
import type * as z from 'zod';
import { targets } from '../../packages/cli/src/targets.ts';

/** The parts of zod's JSON Schemas that the pages need. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object';
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
}

/**
 * A catalogue of the schemas for editors, by the names of files. SchemaStore gets its entries.
 * https://json.schemastore.org/schema-catalog.json
 */
export const schemaCatalog = {
  $schema: 'https://json.schemastore.org/schema-catalog.json',
  version: 1,
  schemas: [
    {
      name: 'Keywright project',
      description: 'AWS KMS keys for CloudFormation, Terraform and Pulumi',
      fileMatch: ['keywright.yaml'],
      url: schemaAddress('keywright.schema.json'),
    },
    {
      name: 'Keywright included file',
      description: 'A file that a Keywright project includes',
      fileMatch: ['*.keywright.yaml'],
      url: schemaAddress('included.schema.json'),
    },
  ],
};

/** The JSON Schema of the language, with the options of every target. */
const project: SchemaNode & { readonly $defs?: Readonly<Record<string, SchemaNode>> } = languageJsonSchema(targets);
const parts = project.$defs ?? {};

/** The schema of `keywright.yaml` as a whole. */
export const projectNode: SchemaNode = project;

export const partIds: readonly string[] = Object.keys(parts);

export function partOf(id: string): SchemaNode {
  const part = parts[id];
  if (part === undefined) throw new Error(`the schema has no part ${id}`);
  return part;
}

/** Returns the id of the part that a `$ref` leads to. */
export function idOf(ref: string): string {
  return ref.replace('#/$defs/', '');
}

/** Returns the schema of a value as it is written. Leaves out the forms that zod's type of a JSON Schema allows but zod never produces. */
export function inputSchemaOf(type: z.ZodType): SchemaNode {
  return type.toJSONSchema({ io: 'input' }) as SchemaNode;
}
