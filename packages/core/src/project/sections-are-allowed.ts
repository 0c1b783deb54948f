import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { environmentsOfNarrowedFile, sectionOfRoot } from '../diagnostics/includes.ts';
import { type FileDefinition, namesOfRootSections } from '../language/project.ts';
import type { Located } from './located.ts';
import type { FileAccess } from './project.ts';

/** Reports sections that apply to the whole project but are in untrusted files, and places that files with `stacksIn` define. */
export function sectionsAreAllowed(
  file: Located<FileDefinition>,
  { isTrusted, stacksIn }: FileAccess,
): readonly Diagnostic[] {
  if (isTrusted) return [];
  const { locations } = file.file;
  const spanOf = (section: keyof FileDefinition) => locations.keySpan(file.value, section) ?? file.span;
  const [narrowing] = stacksIn;
  return [
    ...namesOfRootSections
      .filter((section) => file.value[section] !== undefined)
      .map((section) => report(sectionOfRoot, spanOf(section), { section, path: file.span.file })),
    ...(narrowing === undefined || file.value.environments === undefined
      ? []
      : [
          report(environmentsOfNarrowedFile, spanOf('environments'), {}, [
            { message: 'its stacks are restricted here', span: narrowing.span },
          ]),
        ]),
  ];
}
