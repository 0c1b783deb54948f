import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { CreatedKey } from './rule.ts';

export interface KeyFindings {
  readonly on: CreatedKey;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keeps only findings that hold for every deployment of a definition's key. */
export function findingsInEveryDeployment(
  findingsByKey: readonly KeyFindings[],
  keys: readonly CreatedKey[],
): readonly KeyFindings[] {
  if (findingsByKey.length === 0) return [];
  const definitions = new Map<string, number>();
  const findings = new Map<string, number>();
  for (const { resource } of keys) count(definitions, JSON.stringify(resource.source.span));
  for (const { on, diagnostics } of findingsByKey) {
    const definition = JSON.stringify(on.resource.source.span);
    for (const span of new Set(diagnostics.map(({ span }) => JSON.stringify(span)))) count(findings, definition + span);
  }
  return findingsByKey.map(({ on, diagnostics }) => {
    const definition = JSON.stringify(on.resource.source.span);
    const isEverywhere = ({ span }: Diagnostic) =>
      findings.get(definition + JSON.stringify(span)) === definitions.get(definition);
    return { on, diagnostics: diagnostics.filter(isEverywhere) };
  });
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
