import type * as z from 'zod';
import { isAccepted, zodSchemaOf } from '../schema/schema.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import type { Checked } from './checked.ts';
import { issuesOf } from './issues.ts';
import { type Path, valueAt } from './paths.ts';

/** The sections of a stack whose entries do not change the meaning of entries with other names. */
const sectionsOfStack: Path = ['principals', 'keys', 'imports', 'identityPolicies', 'outputs'];

/**
 * Deletes from an invalid file the stacks, parts of stacks and principals that have issues, so that the problems of everything else can be
 * reported in the same run. Returns whether the remaining file is valid. It is not if another section has an issue: a standard, for
 * example, changes the meaning of keys elsewhere.
 */
export function dropInvalidEntries(schema: z.ZodType, parsed: Checked): boolean {
  for (const { path } of issuesOf(zodSchemaOf(schema), parsed).issues) {
    const entry = entryAt(path, parsed.value);
    const name = entry?.at(-1);
    if (entry === undefined || name === undefined) return false;
    const mapping = valueAt(entry.slice(0, -1), parsed.value);
    // Deleted in place, because only the parsed objects have locations.
    if (isMapping(mapping)) delete (mapping as Record<PropertyKey, unknown>)[name];
  }
  return isAccepted(schema, parsed.value);
}

/** The path to the smallest entry that can be left out and contains an issue; `undefined` if there is none. */
function entryAt(path: Path, file: unknown): Path | undefined {
  const [section, name, part, inner] = path;
  if (name === undefined) return undefined;
  if (section === 'principals') return [section, name];
  if (section !== 'stacks') return undefined;
  const stack = valueAt([section, name], file);
  const isSeparate = inner !== undefined && part !== undefined && sectionsOfStack.includes(part);
  return isSeparate && !isWrittenElsewhere(part, inner, stack) ? path.slice(0, 4) : [section, name];
}

/** Whether `in` of a stack has the same entry, or a key set may have it. Without the invalid part, the rest would have another meaning. */
function isWrittenElsewhere(part: PropertyKey, name: PropertyKey, stack: unknown): boolean {
  if (part === 'keys' && valueAt(['keySets'], stack) !== undefined) return true;
  const differences = valueAt(['in'], stack);
  return isMapping(differences) && Object.values(differences).some((one) => valueAt([part, name], one) !== undefined);
}
