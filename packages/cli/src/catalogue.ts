import { catalogue as rules } from '@keywright/analyze/rules/rules';
import { catalogue as core } from '@keywright/core/diagnostics/catalogue';
import type { DiagnosticDefinition } from '@keywright/core/diagnostics/diagnostic';
import * as lookup from '@keywright/lookup/diagnostics';
import * as adopt from '@keywright/migrate/adopt/diagnostics';
import * as compare from '@keywright/migrate/compare/diagnostics';
import * as lift from '@keywright/migrate/lift/diagnostics';
import * as readAccount from '@keywright/read-account/diagnostics';
import * as readCfn from '@keywright/read-cfn/diagnostics';
import * as readLza from '@keywright/read-lza/diagnostics';
import * as readPulumi from '@keywright/read-pulumi/diagnostics';
import * as readTerraform from '@keywright/read-terraform/diagnostics';
import * as baseline from './diagnostics/baseline.ts';
import * as importing from './diagnostics/import.ts';
import * as output from './diagnostics/output.ts';
import { targets } from './targets.ts';

/** An entry whose parameters do not matter: for listing, explaining and documenting. */
export type CatalogueEntry = DiagnosticDefinition<never>;

export const catalogue: readonly CatalogueEntry[] = [
  ...core,
  ...rules,
  ...targets.flatMap(({ diagnostics = [] }) => diagnostics),
  // These modules export definitions only.
  ...[
    lookup,
    readCfn,
    readLza,
    readPulumi,
    readTerraform,
    readAccount,
    lift,
    compare,
    adopt,
    baseline,
    importing,
    output,
  ].flatMap((definitions) => Object.values<CatalogueEntry>(definitions)),
].sort((a, b) => (a.code < b.code ? -1 : 1));

/**
 * Returns the help of an entry with `<name>` for each parameter, or `undefined` if the help depends on the values of parameters, is empty,
 * or says little more than its only parameter.
 */
export function exemplaryHelp(entry: CatalogueEntry): string | undefined {
  // Each parameter prints like a string but is not one, so that help that examines a parameter throws instead of producing nonsense.
  const names = new Proxy({}, { get: (_, name) => ({ toString: () => `<${String(name)}>` }) });
  try {
    const help = entry.help(names as never);
    return /^(?:(?:(?:did you mean|write) )?`?<\w+>`?\??)?$/.test(help) ? undefined : help;
  } catch {
    return undefined;
  }
}

/** The page of a diagnostic, in Markdown. */
export function pageOf(entry: CatalogueEntry): string {
  const help = exemplaryHelp(entry);
  const parts = [
    `# ${entry.code}: ${entry.title}`,
    `Severity: ${entry.severity}.`,
    entry.explanation,
    ...(help === undefined ? [] : [`What to do: ${help}.`]),
    ...(entry.example === undefined
      ? []
      : [`## Wrong\n\n${fenced(entry.example.wrong)}`, `## Right\n\n${fenced(entry.example.right)}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.replace(/^\n+|\s+$/g, '')}\n\`\`\``;
}
