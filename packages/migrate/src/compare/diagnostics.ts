/** KW824x: differences between two programs, as SARIF reports them. */
import { type DiagnosticDefinition, defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

interface Told {
  readonly sentence: string;
}

export const keyWouldBeLost = defineDiagnostic<Told>({
  code: 'KW8240',
  severity: 'error',
  title: 'A change that loses a key',
  message: ({ sentence }) => sentence,
  help: () => 'see docs/changes.md for what to write so that the key and its data stay',
  explanation: `Raised by \`keywright diff\`: the key is gone, replaced by a new one or disabled. What a key encrypted can be read with that
key only. A build refuses the first two as well, until the YAML says what becomes of the key.`,
});

export const accessWidens = defineDiagnostic<Told>({
  code: 'KW8241',
  severity: 'warning',
  title: 'A change that gives access',
  message: ({ sentence }) => sentence,
  help: () => 'check that this is meant; the statements that make the difference are named',
  explanation: `Raised by \`keywright diff\`: somebody can do something with a key, or assume a role, who could not before, or can under
conditions under which they could not. \`--fail-on widened\` fails on these only.`,
});

export const accessNarrows = defineDiagnostic<Told>({
  code: 'KW8242',
  severity: 'warning',
  title: 'A change that takes access away',
  message: ({ sentence }) => sentence,
  help: () => 'check that nobody needs it any more; the statements that make the difference are named',
  explanation: `Raised by \`keywright diff\`: somebody can no longer do something with a key, or assume a role, or a Deny came or went.`,
});

export const propertyDiffers = defineDiagnostic<Told>({
  code: 'KW8243',
  severity: 'note',
  title: 'A change of a property',
  message: ({ sentence }) => sentence,
  help: () => '',
  explanation: `Raised by \`keywright diff\`: rotation, a window, a tag, a resource that came or went. Nobody gains or loses access by it.`,
});

export const aliasRedirected = defineDiagnostic<Told>({
  code: 'KW8244',
  severity: 'error',
  title: 'An alias that stands for another key',
  message: ({ sentence }) => sentence,
  help: () => 'point the alias to its key again, or keep the old key: what was encrypted before is read with it',
  explanation: `Raised by \`keywright diff\`: whatever encrypts by the alias uses another key once this is deployed, with another key policy. What
was encrypted before names its key itself, and needs the old one. Two aliases that are swapped are two of these.`,
});

export const catalogue: readonly DiagnosticDefinition<never>[] = [
  keyWouldBeLost,
  aliasRedirected,
  accessWidens,
  accessNarrows,
  propertyDiffers,
];
