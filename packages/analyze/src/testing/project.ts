import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { buildPicture } from '../build-picture.ts';
import type { Picture } from '../picture.ts';

/** Builds the picture of a valid project in YAML. */
export function pictureOf(text: string): Picture {
  const host = {
    readFile: (path: string) =>
      path === 'keywright.yaml' ? ({ kind: 'text', text } as const) : ({ kind: 'missing' } as const),
    glob: () => [],
  };
  const { program, diagnostics } = compileProject(host, { targets: [] });
  if (program === undefined || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return buildPicture(program);
}
