import { expect, test } from 'vitest';
import { head, stacksOf } from '../testing/compile-text.ts';

const project = (grants: string) => `${head}principals:
  batch: { role: "arn:aws:iam::111122223333:role/Batch", policyName: keys }
  plain: { role: "arn:aws:iam::111122223333:role/Batch" }
stacks:
  main:
    environment: prod
    keys: { k: { grants: [${grants}] } }
`;

/** The policies that a stack attaches, each with its name and the number of its statements. */
const policiesOf = (grants: string) =>
  stacksOf(project(grants))
    .get('main')
    ?.resources.flatMap((resource) =>
      resource.kind === 'identityPolicy' ? [[resource.policyName, resource.document.statements.length]] : [],
    );

test.each([
  ['first', '{ to: batch, can: decrypt }, { to: plain, can: encrypt, when: { Bool: { a: true } } }'],
  ['second', '{ to: plain, can: decrypt }, { to: batch, can: encrypt, when: { Bool: { a: true } } }'],
])('two grants to one role make one policy, with the name that the %s grant gives', (_, grants) => {
  expect(policiesOf(grants)).toEqual([[{ kind: 'literal', text: 'keys' }, 2]]);
});
