import { readdirSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { templateFolderUnusable } from '../diagnostics/output.ts';
import { refusal } from '../disk/system-error.ts';
import { readInside } from './disk-host.ts';

export interface Templates {
  /** The texts by file name. */
  readonly templates: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a team's own templates: the `*.hbs` files in a folder of the project. Reports KW6009 if that is impossible. */
export function readTemplates(root: string, target: string, folder: string): Templates {
  const problem = (reason: string): Templates => ({
    templates: {},
    diagnostics: [report(templateFolderUnusable, undefined, { target, folder, reason })],
  });
  const there = readInside(root, folder);
  if (there.kind === 'missing') return problem('there is no such folder');
  if (there.kind === 'outside') return problem('it is outside of the project');
  if (there.kind === 'unreadable') return problem(there.reason);
  if (there.kind !== 'directory') return problem('it is a file');

  let names: readonly string[];
  try {
    names = readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.hbs'));
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return problem(refused.reason);
  }
  if (names.length === 0) return problem('it has no *.hbs file');

  const templates: Record<string, string> = {};
  for (const name of [...names].sort()) {
    const reading = readInside(root, posix.join(folder, name));
    if (reading.kind !== 'text') return problem(`${name} is not a readable text file of the project`);
    templates[name] = reading.text;
  }
  return { templates, diagnostics: [] };
}
