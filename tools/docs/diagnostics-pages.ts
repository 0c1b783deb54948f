import { type CatalogueEntry, catalogue, pageOf } from '../../packages/cli/src/catalogue.ts';
import { cell, linked, notice, table } from './markdown.ts';

const areas: Readonly<Record<string, string>> = {
  KW0: 'Files and YAML',
  KW1: 'The structure of the language',
  KW2: 'Names and stacks',
  KW3: 'Keys, policies and grants',
  KW4: 'Targets',
  KW5: 'Lookups, the context file, the baseline, and what is deployed already',
  KW6: 'Output files',
  KW7: 'Rules',
  KW8: 'Reading what exists',
};

/** Returns docs/diagnostics/README.md. */
export function diagnosticsIndex(): string {
  const sections = Object.entries(areas).map(([prefix, title]) => {
    const entries = catalogue.filter(({ code }) => code.startsWith(prefix));
    return `## ${prefix}xxx: ${title}\n\n${diagnosticsTable(entries, ['code', 'severity', 'about'])}`;
  });
  return `${notice}# Diagnostics

Everything that Keywright can report, with a page for each code. \`keywright explain KW3001\` prints a page. A code is never reused or
renumbered.

An **error** stops a build before anything is written. A **warning** or a **note** does not, and can be
[suppressed](../language.md#suppressions) on a key or import with a reason. So can the findings of [rules](../rules.md).

${sections.join('\n\n')}
`;
}

/** Returns a table of diagnostics with links to their pages. `folder` leads from the page with the table to these pages. */
export function diagnosticsTable(entries: readonly CatalogueEntry[], headings: readonly string[], folder = ''): string {
  return table(
    headings,
    entries.map(({ code, severity, title }) => `| [${code}](${folder}${code}.md) | ${severity} | ${cell(title)} |`),
  );
}

export function diagnosticPage(entry: CatalogueEntry): string {
  const page = pageOf(entry).replace(/^What to do: .*/m, withParametersSetOff);
  return `${notice}${linked(page.trimEnd(), '../')}\n`;
}

/** Writes `<days>` as *days*, since it would be HTML. In code, it is unchanged. */
function withParametersSetOff(line: string): string {
  const parts = line.split('`');
  return parts.map((part, at) => (at % 2 === 0 ? part.replaceAll(/<(\w+)>/g, '*$1*') : part)).join('`');
}
