import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { terraform, terraformMissing } from '../../kit/terraform/run-terraform.ts';
import type { Oracle, Verdict } from '../../oracle.ts';
import { firstDifference } from './first-difference.ts';
import { layoutFault } from './layout-fault.ts';

const main = /main\.tf$/;

/** Checks that `terraform fmt` changes no Terraform module. */
export const terraformFmt: Oracle = {
  generated: 100,
  missing: terraformMissing,

  async judge({ files }): Promise<Verdict> {
    const modules = [...files].filter(([path]) => path.endsWith('.tf'));
    if (modules.length === 0) return { kind: 'outside', why: 'no stack is for Terraform' };
    const details = await differencesIn(modules);
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },

  faults: [
    layoutFault('a blank too many at the start of a line', main, (text) => text.replace(/^ {2}/m, '   ')),
    layoutFault('an equals sign out of line', main, (text) => text.replace(/ = /, '  = ')),
    layoutFault('no blank before an equals sign', main, (text) => text.replace(/ = /, '= ')),
    layoutFault('a blank at the end of a line', main, (text) => text.replace(/\{\n/, '{ \n')),
    layoutFault('a tab', main, (text) => text.replace(/^ {2}/m, '\t')),
    layoutFault('a blank too many before a brace', main, (text) => text.replace(/" \{/, '"  {')),
    layoutFault('a blank too many within brackets', main, (text) => text.replace(/\[(?=[^\n\]])/, '[ ')),
    layoutFault('a block type in quotes', main, (text) => text.replace(/^resource /m, '"resource" ')),
    layoutFault('a value in a string of its own', /outputs\.tf$/, (text) => text.replace(/= (aws_\S+)$/m, '= "${$1}"')),
    layoutFault('text that is not a module', main, (text) => `${text}{`),
  ],
};

/** Terraform formats a copy of the files. The copy is then compared with the files. */
async function differencesIn(modules: readonly (readonly [string, string])[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-fmt-'));
  try {
    for (const [path, text] of modules) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, problem } = await terraform(folder, ['fmt', '-recursive', '-list=false']);
    if (status !== 0) return [problem];
    return modules.flatMap(([path, text]) => {
      const difference = firstDifference(text, readFileSync(join(folder, path), 'utf8'));
      return difference === undefined ? [] : [`${path}: ${difference}`];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
