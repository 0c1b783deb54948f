/** KW824x: differences between two programs, as SARIF reports them. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

interface SentenceParameters {
  readonly sentence: string;
}

export const keyWouldBeLost = defineDiagnostic<SentenceParameters>({
  code: 'KW8240',
  severity: 'error',
  title: 'A change that loses a key',
  message: ({ sentence }) => sentence,
  help: () => 'see docs/changes.md for how to keep the key and its data',
  explanation: `Raised by \`keywright diff\`: the key is gone, replaced by a new one or disabled. Data can only be
decrypted with the key that encrypted it. A build also stops if the key is gone or replaced, until the YAML says what happens to it.`,
});

export const accessWidens = defineDiagnostic<SentenceParameters>({
  code: 'KW8241',
  severity: 'warning',
  title: 'A change that gives access',
  message: ({ sentence }) => sentence,
  help: () => 'check that this is intended; the statements that make the difference are listed',
  explanation: `Raised by \`keywright diff\`: somebody can now do something that was impossible before, or possible only under other
conditions: use or administer a key, or assume a role. With \`--fail-on widened\`, the command fails on such a change, and on a lost key.`,
});

export const accessNarrows = defineDiagnostic<SentenceParameters>({
  code: 'KW8242',
  severity: 'warning',
  title: 'A change that takes access away',
  message: ({ sentence }) => sentence,
  help: () => 'check that nobody needs this access any more; the statements that make the difference are listed',
  explanation: `Raised by \`keywright diff\`: somebody can no longer do something with a key or assume a role, or a Deny was added or
removed.`,
});

export const propertyDiffers = defineDiagnostic<SentenceParameters>({
  code: 'KW8243',
  severity: 'note',
  title: 'A change of a property',
  message: ({ sentence }) => sentence,
  help: () => '',
  explanation: `Raised by \`keywright diff\`: a property such as rotation, a window or a tag differs, or a resource was added or removed.
Nobody's access changes.`,
});

export const aliasRedirected = defineDiagnostic<SentenceParameters>({
  code: 'KW8244',
  severity: 'error',
  title: 'An alias that points to another key',
  message: ({ sentence }) => sentence,
  help: () => 'point the alias back to its former key, or keep that key: the data that it encrypted needs it',
  explanation: `Raised by \`keywright diff\`: once this is deployed, whatever encrypts through the alias uses another key, with another
key policy. Encrypted data names its key itself, so data that was encrypted before still needs the old key. Swapping two aliases gives
two of these errors.`,
});
