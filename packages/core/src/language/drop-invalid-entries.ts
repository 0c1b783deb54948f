import type * as z from 'zod';
import { nearest } from '../diagnostics/suggestion.ts';
import { isAccepted, zodSchemaOf } from '../schema/schema.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import type { Checked } from './checked.ts';
import { type Issue, issuesOf } from './issues.ts';
import { type Path, valueAt } from './paths.ts';
import { knownKeys } from './schema-walk.ts';

/** The sections of a stack whose entries do not change the meaning of entries with other names. */
const sectionsOfStack: Path = ['principals', 'keys', 'imports', 'identityPolicies', 'outputs'];

/** The sections of a file without which the rest keeps its meaning, apart from the names in them. Settings are none of them. */
const sectionsWithNames: Path = [
  'requirements',
  'rules',
  'accounts',
  'environments',
  'groups',
  'principals',
  'standards',
  'keySets',
  'stacks',
];
/** Sections that are lists, whose elements have no names. */
const lists: Path = ['moved', 'removed'];

/**
 * Deletes the entries that have issues from an invalid file, so that the problems of everything else can be reported in the same run.
 * Returns whether the remaining file is valid. It is not if a setting has an issue, for example, which changes the meaning of everything.
 */
export function dropInvalidEntries(schema: z.ZodType, parsed: Checked): boolean {
  for (const issue of issuesOf(zodSchemaOf(schema), parsed).issues) {
    const entries = issue.path.length === 0 ? unknownSections(issue, schema) : [entryAt(issue.path, parsed.value)];
    for (const entry of entries) {
      const name = entry?.at(-1);
      if (entry === undefined || name === undefined) return false;
      const mapping = valueAt(entry.slice(0, -1), parsed.value);
      // Deleted in place, because only the parsed objects have locations.
      if (isMapping(mapping)) delete (mapping as Record<PropertyKey, unknown>)[name];
    }
  }
  return isAccepted(schema, parsed.value);
}

/** The paths to unknown sections, each a misspelt name of a known one; `undefined` in place of a section that may be anything. */
function unknownSections(issue: Issue, schema: z.ZodType): readonly (Path | undefined)[] {
  if (issue.code !== 'unrecognized_keys') return [undefined];
  const known = knownKeys(zodSchemaOf(schema));
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return meant !== undefined && [...sectionsWithNames, ...lists].includes(meant) ? [key] : undefined;
  });
}

/** The path to the smallest entry that can be left out and contains an issue; `undefined` if there is none. */
function entryAt(path: Path, file: unknown): Path | undefined {
  const [section, name, part, inner] = path;
  if (section === undefined) return undefined;
  if (lists.includes(section)) return [section];
  if (!sectionsWithNames.includes(section)) return undefined;
  if (name === undefined) return [section];
  if (section !== 'stacks') return [section, name];
  const stack = valueAt([section, name], file);
  const isSeparate = inner !== undefined && part !== undefined && sectionsOfStack.includes(part);
  return isSeparate && !isWrittenElsewhere(part, inner, stack) ? path.slice(0, 4) : [section, name];
}

/** Whether `in` of a stack has the same entry, or a key set may have it. Without the invalid part, the rest would have another meaning. */
export function isWrittenElsewhere(part: PropertyKey, name: PropertyKey, stack: unknown): boolean {
  if (part === 'keys' && valueAt(['keySets'], stack) !== undefined) return true;
  const differences = valueAt(['in'], stack);
  return isMapping(differences) && Object.values(differences).some((one) => valueAt([part, name], one) !== undefined);
}
