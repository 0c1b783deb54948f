/** KW80xx: templates, states, exports and accounts that are read. Each reader has a range of its own. */
import { defineDiagnostic } from './diagnostic.ts';

export const unreadablePolicy = defineDiagnostic<{ resource: string; problem: string }>({
  code: 'KW8000',
  severity: 'error',
  title: 'A policy that cannot be read',
  message: ({ resource, problem }) => `the policy of ${resource} cannot be read: ${problem}`,
  help: () => 'correct it in the source, or leave this resource to the tool that manages it',
  explanation: `A policy is read whole or not at all: without one of its statements, it would let in strangers or lock people out. The
resource is left out of the result.`,
});

export const statementOfNoKey = defineDiagnostic<{ resource: string }>({
  code: 'KW8002',
  severity: 'warning',
  title: 'A statement that is about no key',
  message: ({ resource }) => `a statement of the key policy of \`${resource}\` has no \`Resource\`, and is left out`,
  help: () => 'add it under `statements` if it is to have an effect',
  explanation: `KMS accepts a statement without \`Resource\` and applies it to no key. So it is left out: with a resource, it would let in or keep out principals
that it does not affect today. Source: AWS KMS API reference, PutKeyPolicy, Policy.`,
});

export const unknownValue = defineDiagnostic<{ resource: string; property: string; reason: string; advice: string }>({
  code: 'KW8001',
  severity: 'error',
  title: 'A value that the source does not contain',
  message: ({ resource, property, reason }) => `${property} of ${resource} is not known: ${reason}`,
  help: ({ advice }) => advice,
  explanation: `Keywright does not guess values. Production usually overrides the defaults of parameters, and a plan lacks the values that
exist only once a resource is created. The resource is left out of the result.`,
});
