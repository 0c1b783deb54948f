import type * as z from 'zod';
import { isMapping } from '../syntax/is-mapping.ts';

type Schema = z.core.$ZodType;
type Check = z.core.$ZodCheck<never>;
type Test = (value: unknown) => boolean;

/**
 * Whether a value certainly fits a schema. Zod takes several times as long to say so, because it is ready to list what is
 * wrong and makes a copy; it is asked only when this says no, which of a kind of schema that is not known here it always does.
 */
export function surelyFits(schema: Schema, value: unknown): boolean {
  return testOf(schema)(value);
}

/** The tests of schemas, which are constants. */
const tests = new WeakMap<Schema, Test>();

function testOf(schema: Schema): Test {
  const known = tests.get(schema);
  if (known !== undefined) return known;
  const test = withChecks(structureTest(schema), schema._zod.def.checks ?? []);
  tests.set(schema, test);
  return test;
}

const never: Test = () => false;

function structureTest(schema: Schema): Test {
  // `type` tells the definitions apart, but their union is not declared as one that it narrows.
  const { def } = schema._zod as { def: { readonly type: string } };
  switch (def.type) {
    case 'string':
      // A text of a format of zod's own.
      if ('format' in def) return never;
      return (value) => typeof value === 'string';
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return numberTest(def as z.core.$ZodNumberDef);
    case 'unknown':
      return () => true;
    case 'literal': {
      const { values } = def as z.core.$ZodLiteralDef<z.core.util.Literal>;
      return (value) => values.includes(value as z.core.util.Literal); // only compared
    }
    case 'enum': {
      const values: readonly unknown[] = Object.values((def as z.core.$ZodEnumDef).entries);
      return (value) => values.includes(value);
    }
    case 'optional': {
      const inner = testOf((def as z.core.$ZodOptionalDef).innerType);
      return (value) => value === undefined || inner(value);
    }
    case 'union': {
      const options = (def as z.core.$ZodUnionDef).options.map(testOf);
      return (value) => options.some((fits) => fits(value));
    }
    case 'array': {
      const element = testOf((def as z.core.$ZodArrayDef).element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case 'record':
      return recordTest(def as z.core.$ZodRecordDef);
    case 'object':
      return objectTest(def as z.core.$ZodObjectDef);
    default:
      return never;
  }
}

/** `z.number()`, and `z.int()`, which is one with a format. */
function numberTest(def: z.core.$ZodNumberDef & { readonly format?: string }): Test {
  if (def.format === undefined) return (value) => Number.isFinite(value);
  return def.format === 'safeint' ? (value) => Number.isSafeInteger(value) : never;
}

function recordTest({ keyType, valueType }: z.core.$ZodRecordDef): Test {
  // A record of an enumeration has to have all of its keys.
  if ((keyType._zod.def as { type: string }).type !== 'string') return never;
  const keyFits = testOf(keyType as Schema);
  const valueFits = testOf(valueType as Schema);
  return (value) => {
    if (!isMapping(value)) return false;
    for (const key of Object.keys(value)) if (!keyFits(key) || !valueFits(value[key])) return false;
    return true;
  };
}

function objectTest({ shape, catchall }: z.core.$ZodObjectDef): Test {
  // A strict object has no other keys, a loose one any.
  const others = (catchall?._zod.def as { type: string } | undefined)?.type;
  if (others !== 'never' && others !== 'unknown') return never;
  const members = Object.entries(shape).map(([key, schema]) => ({ key, fits: testOf(schema as Schema) }));
  const known = new Set(Object.keys(shape));
  return (value) => {
    if (!isMapping(value)) return false;
    if (others === 'never' && !Object.keys(value).every((key) => known.has(key))) return false;
    for (const { key, fits } of members) if (!fits(value[key])) return false;
    return true;
  };
}

function withChecks(structure: Test, checks: readonly z.core.$ZodCheck<never>[]): Test {
  if (checks.length === 0) return structure;
  const all = checks.map(checkTest);
  return (value) => structure(value) && all.every((holds) => holds(value));
}

function checkTest(check: Check): Test {
  const { def } = check._zod as { def: { readonly check: string } };
  switch (def.check) {
    case 'string_format': {
      const { pattern, format } = def as z.core.$ZodCheckRegexDef;
      return format === 'regex' ? (value) => pattern.test(value as string) : never; // a check of texts
    }
    case 'min_length': {
      const { minimum } = def as z.core.$ZodCheckMinLengthDef;
      return (value) => (value as { length: number }).length >= minimum; // a check of texts and lists
    }
    case 'max_length': {
      const { maximum } = def as z.core.$ZodCheckMaxLengthDef;
      return (value) => (value as { length: number }).length <= maximum; // likewise
    }
    case 'custom':
      return (def as z.core.$ZodCustomDef).fn as Test; // ours are all `refine`, which is asked about the value
    default:
      return never;
  }
}
