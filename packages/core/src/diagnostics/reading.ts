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
  title: 'A key policy statement without `Resource`',
  message: ({ resource }) => `a statement of the key policy of \`${resource}\` has no \`Resource\`, and is left out`,
  help: () => 'add it under `statements` if it is to have an effect',
  explanation: `KMS accepts a statement without \`Resource\` and applies it to no key. So it is left out: with a resource, it would
let in or keep out principals that it does not affect today. Source: AWS KMS API reference, PutKeyPolicy, Policy.`,
});

export const namesItsKey = defineDiagnostic<{ resource: string }>({
  code: 'KW8003',
  severity: 'warning',
  title: 'A key policy with ARNs of keys',
  message: ({ resource }) => `the policy of \`${resource}\` has ARNs of keys as resources, which are read as \`*\``,
  help: () =>
    'access does not change; before another tool takes the key over, write `*` in the present source of the key policy and deploy it, so that both policies have the same text',
  explanation: `In a key policy, \`*\` means the key that the policy is attached to, and so does the key's own ARN; the ARN of another
key beside it has no effect. A project cannot contain these ARNs, since KMS chooses the ids of keys. The deployed policy and the generated
one mean the same but differ as texts, so the first deployment would write the policy once, and \`keywright adopt --verify\` would refuse
that.
Source: AWS KMS Developer Guide, "Create a key policy", "Resource".`,
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
