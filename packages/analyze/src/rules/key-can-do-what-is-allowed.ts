import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isAsymmetric } from '@keywright/core/kms/capabilities';
import { canBeGranted, type GrantOperation } from '@keywright/core/kms/grant-operations';
import { isAboutKey, usageFor } from '../facts/actions.ts';
import type { PictureKey } from '../picture.ts';
import { operationsIn, operationsOf } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ action: string; problem: string }>({
  code: 'KW7010',
  severity: 'warning',
  title: 'An action that the key does not support',
  message: ({ action, problem }) => `\`${action}\` ${problem}`,
  help: () => 'remove it, or grant what the key can do',
  explanation: `What a key can do follows from its usage, spec and origin: a signing key does not encrypt, a symmetric key has no public
part to return, an RSA key generates no data keys, and a key in a custom key store generates no data key pairs. Some actions, such as
\`kms:ListKeys\` and \`kms:CreateKey\`, are not about a key at all; a policy about one key does not allow them. KMS accepts such
statements, but they have no effect. \`notActions\` has no effect either if it excludes every action, such as \`notActions: "kms:*"\`.
[KW3024](KW3024.md) reports capabilities after \`can\` that the key lacks, and [KW3023](KW3023.md) reports actions that KMS does not have.
Source: AWS KMS Developer Guide, "AWS KMS permissions", the columns of key types and resources.`,
  example: {
    wrong: `keys:
  receipts:
    spec: ECC_NIST_P256
    usage: SIGN_VERIFY
    grants:
      - { to: ordersApi, can: ["kms:Sign", "kms:Decrypt"] }`,
    right: `keys:
  receipts:
    spec: ECC_NIST_P256
    usage: SIGN_VERIFY
    grants:
      - { to: ordersApi, can: ["kms:Sign", "kms:GetPublicKey"] }`,
  },
});

/** The key supports every operation that its policies allow. */
export const keyCanDoWhatIsAllowed: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { effect, actions = [], notActions, ref } = statement;
    const { through } = ref.source;
    if (notActions !== undefined && ref.kind === 'keyPolicy' && ![...operationsIn(statement)].some(isAboutKey)) {
      const problem = 'leaves no action for this statement, which therefore has no effect';
      return [report(definition, ref.source.span, { action: `notActions: ${notActions.join(', ')}`, problem })];
    }
    if (key === undefined || effect === 'Deny') return [];
    // Presets and defaults give the same actions to keys of every kind.
    if (through !== undefined && !through.startsWith('standard ')) return [];
    return actions.flatMap((action): readonly Diagnostic[] => {
      // The capability `encrypt` includes this pattern for every key that encrypts.
      if (action === 'kms:GenerateDataKey*' && key.traits?.usage === 'ENCRYPT_DECRYPT') return [];
      const operations = operationsOf(action);
      const [first] = operations;
      const problem = first === undefined ? undefined : problemOf(first, key);
      if (problem === undefined || operations.some((operation) => problemOf(operation, key) === undefined)) return [];
      return [report(definition, ref.source.span, { action, problem })];
    });
  },
};

function problemOf(operation: string, { traits, name }: PictureKey): string | undefined {
  if (!isAboutKey(operation)) return 'is not about a key, so no policy about a key can allow it';
  if (traits === undefined) return undefined;
  const { usage, spec, origin } = traits;
  const needed = usageFor(operation);
  if (needed !== undefined && needed !== usage) return `never works with \`${name}\`, which is for ${usage}`;
  if (operation.startsWith('GenerateDataKey') && !canBeGranted(operation as GrantOperation, traits))
    return `never works with \`${name}\`, a key of spec ${spec} and origin ${origin}`;
  if (operation !== 'GetPublicKey' || isAsymmetric(spec)) return undefined;
  return `never works with \`${name}\`: a key of spec ${spec} has no public part`;
}
