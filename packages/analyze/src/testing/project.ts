import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText } from '@keywright/core/project/host';
import { buildPicture } from '../build-picture.ts';
import type { Picture } from '../picture.ts';

/** Builds the picture of a valid project in YAML. */
export function pictureOf(text: string): Picture {
  const { program, diagnostics } = compileProject(hostOfText(text), { targets: [] });
  if (program === undefined || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return buildPicture(program);
}
