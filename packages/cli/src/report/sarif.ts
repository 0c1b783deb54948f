import { resolve } from 'node:path';
import { diagnosticAddress, withAddressesOfPages } from '@keywright/core/diagnostics/addresses';
import type { Span } from '@keywright/core/source/span';
import { visibleJson } from '@keywright/core/source/visible';
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { catalogue, exemplaryHelp, pageOf } from '../catalogue.ts';
import { projectFileName, shownPath } from '../project/locate.ts';
import { version } from '../version.ts';
import { messageOf, type Report, type Reported } from './contents.ts';

/**
 * Prints the report as SARIF 2.1.0, which code scanning services read. Each code is also listed as a rule, with its page. Paths are
 * relative to the repository. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */
export function sarifReport(report: Report, repository: string): string {
  const uriOf = (file: string) =>
    shownPath(repository, resolve(report.root, file)).split('/').map(encodePart).join('/');
  const codes = [...new Set(report.diagnostics.map(({ code }) => code))].sort();
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Keywright', semanticVersion: version(), rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: report.diagnostics.map((diagnostic) => resultOf(diagnostic, codes, uriOf)),
      },
    ],
  };
  return `${visibleJson(JSON.stringify(log, undefined, 2))}\n`;
}

/** Encodes a part of a path for a URI. A name can contain half a surrogate pair, but a URI cannot. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

function ruleOf(code: string): ReportingDescriptor {
  const definition = catalogue.find((entry) => entry.code === code);
  if (definition === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: definition.title },
    fullDescription: { text: withAddressesOfPages(definition.explanation) },
    help: {
      text: withAddressesOfPages(exemplaryHelp(definition) ?? definition.explanation),
      markdown: withAddressesOfPages(pageOf(definition)),
    },
    defaultConfiguration: { level: definition.severity },
    helpUri: diagnosticAddress(code),
  };
}

function resultOf(diagnostic: Reported, codes: readonly string[], uriOf: (file: string) => string): Result {
  const { code, severity, span, related, help, where } = diagnostic;
  const message = messageOf(diagnostic);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: help === '' ? message : `${message}\n${help}` },
    // Readers such as GitHub require a location for every result. A problem of the whole project is located in the project's file.
    locations: [span === undefined ? fileLocation(uriOf(projectFileName)) : locationOf(span, uriOf)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, index) => ({
            id: index + 1,
            ...locationOf(one.span, uriOf),
            message: { text: one.message },
          })),
        }),
    ...(where === undefined ? {} : { properties: { environments: [...where.environments] } }),
  };
}

function fileLocation(uri: string): Location {
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } } };
}

function locationOf(span: Span, uriOf: (file: string) => string): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(span.file), uriBaseId: '%SRCROOT%' },
      region: {
        startLine: span.line,
        startColumn: span.column,
        endLine: span.endLine,
        endColumn: span.endColumn,
      },
    },
  };
}
