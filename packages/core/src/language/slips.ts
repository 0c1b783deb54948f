/** Mistakes with one cause and many issues: a line that is not indented, a statement in the form of another tool. */
import type * as z from 'zod';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { foreignStatement, outdentedKey, wrongType } from '../diagnostics/language.ts';
import { zod } from '../schema/zod.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import type { Checked } from './checked.ts';
import { grantFrom, isAboutKms, isForeignStatement, statementFrom } from './iam-statement.ts';
import type { Issue } from './issues.ts';
import { keySpanAt, type Path, spanAt, valueAt } from './paths.ts';
import { describeSchema, hasNames, knownKeys, schemaAt } from './schema-walk.ts';
import { roomForPolicy, written } from './written.ts';

/**
 * A check in progress. `reported`: the statements of other tools and slips of indentation reported so far, each of which
 * is reported once, whatever else it causes.
 */
export interface Checking extends Checked {
  readonly reported: Set<object | string>;
}

/**
 * The values along the path `below` for which the schema has a part, from the outermost. `next` is the step from a value
 * to the one inside it.
 */
function containersOf(below: Path, base: Path, schema: z.core.$ZodType, parsed: Checked) {
  return [...below, undefined].flatMap((next, length) => {
    const steps = below.slice(0, length);
    const node = schemaAt(schema, steps);
    const path = [...base, ...steps];
    return node === undefined ? [] : [{ path, value: valueAt(path, parsed.value), node, next }];
  });
}

/** Explains an issue whose cause is a line that should be indented below the empty entry before it. */
export function indentationAbove(
  issue: Issue,
  base: Path,
  schema: z.core.$ZodType,
  parsed: Checking,
): readonly Diagnostic[] | undefined {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const below = [...issue.path, ...unknown];
  for (const { path, value: mapping, node, next } of containersOf(below, base, schema, parsed)) {
    if (next === undefined || !isMapping(mapping)) continue;
    const name = String(next);
    const outdented = outdentedAt(name, mapping, node);
    if (outdented !== undefined) {
      const keyPath = [...path, name];
      return once(keyPath, parsed, () => report(outdentedKey, keySpanAt(keyPath, parsed), outdented));
    }
    const slip = unindentedAt(name, mapping, node);
    if (slip === undefined) continue;
    const { owner, key } = slip;
    const ownerPath = [...path, owner];
    return once(ownerPath, parsed, () => {
      const ownerNode = schemaAt(node, [owner]);
      const expected = ownerNode === undefined ? 'a mapping' : describeSchema(ownerNode);
      const advice = `indent \`${key}\` further than \`${owner}\`, which it belongs to`;
      return report(wrongType, spanAt(ownerPath, parsed), { expected, found: 'nothing', advice });
    });
  }
  return undefined;
}

/** Makes the diagnostic about a path, unless the path has one already, since a slip causes many issues. */
function once(path: Path, { reported }: Checking, make: () => Diagnostic): readonly Diagnostic[] {
  const id = JSON.stringify(path);
  if (reported.has(id)) return [];
  reported.add(id);
  return [make()];
}

/**
 * A property that stands beside a name instead of below it, such as `keys` beside the stack `orders`; and the name before it (`owner`), to
 * which it probably belongs. Its value must be right for the property, and wrong for something with a name.
 */
function outdentedAt(key: string, mapping: Readonly<Record<string, unknown>>, node: z.core.$ZodType) {
  if (!hasNames(node)) return undefined;
  const names = Object.keys(mapping);
  const owner = names[names.indexOf(key) - 1];
  const element = schemaAt(node, [key]);
  const property = element && knownKeys(element).includes(key) ? schemaAt(element, [key]) : undefined;
  const other = owner === undefined ? undefined : mapping[owner];
  if (owner === undefined || element === undefined || property === undefined || !isMapping(other) || key in other)
    return undefined;
  const fits = (schema: z.core.$ZodType) => zod().safeParse(schema, mapping[key]).success;
  return fits(property) && !fits(element) ? { key, owner } : undefined;
}

/** A YAML key of a mapping, and the empty entry before it, under which the key should be indented. `key` is the name of one of the two. */
function unindentedAt(key: string, mapping: Readonly<Record<string, unknown>>, node: z.core.$ZodType) {
  const keys = Object.keys(mapping);
  const at = keys.indexOf(key);
  const owner = keys.slice(0, at + 1).findLast((other) => mapping[other] === null);
  const inner = owner === key ? keys[at + 1] : key;
  const ownerNode = owner === undefined ? undefined : schemaAt(node, [owner]);
  if (owner === undefined || inner === undefined || ownerNode === undefined) return undefined;
  return belongsTo(ownerNode, inner, knownKeys(node)) ? { owner, key: inner } : undefined;
}

/** Whether a YAML key belongs in a mapping of this schema rather than in the mapping where it stands, whose keys are `known`. */
function belongsTo(schema: z.core.$ZodType, key: string, known: readonly string[]): boolean {
  if (known.includes(key)) return false;
  const properties = knownKeys(schema);
  return properties.length === 0 ? known.length > 0 && hasNames(schema) : properties.includes(key);
}

/** Explains the issues in a statement of another tool: one diagnostic for all of them the first time, none after that. */
export function foreignStatementAbove(
  below: Path,
  base: Path,
  schema: z.core.$ZodType,
  parsed: Checking,
): readonly Diagnostic[] | undefined {
  for (const { path, value, node } of containersOf(below, base, schema, parsed)) {
    const property = statementProperties.find((property) => knownKeys(node).includes(property));
    if (property === undefined || !isForeignStatement(value, knownKeys(node))) continue;
    if (parsed.reported.has(value)) return [];
    const turned = statementFrom(value);
    if (property !== 'notPrincipals' && !isAboutKms(turned)) continue;
    parsed.reported.add(value);
    const grant = property === 'to' ? grantFrom(turned) : undefined;
    const ours = grant ?? turned.statement;
    const under = property === 'notPrincipals' || grant !== undefined ? undefined : 'statements';
    const text = written(ours, roomForPolicy) ?? '…';
    return [report(foreignStatement, spanAt(path, parsed), { ours: text, open: turned.open, under })];
  }
  return undefined;
}

/**
 * Users write another tool's statement as a statement of ours or, by mistake, as a grant or a principal. Each of these three mappings is
 * recognised by a property here.
 */
const statementProperties = ['notPrincipals', 'to', 'orgUnit'];
