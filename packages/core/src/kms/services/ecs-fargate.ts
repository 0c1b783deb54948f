import { literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, names, servicePrincipal, symmetricOfOneRegion } from './preset.ts';

export const ecsFargate = definePreset({
  name: 'ecs-fargate',
  title: 'AWS Fargate, encrypting the ephemeral storage of Amazon ECS tasks',
  words: ['fargate', 'ecs', 'elastic-container-service', 'fargate-ephemeral-storage'],
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html',
  options: () =>
    z.strictObject({
      clusters: names('Names of the clusters, `*` allowed. Default: every cluster of the account.'),
    }),
  requires: symmetricOfOneRegion,
  statements: ({ clusters }, { account }) => {
    const principals = [servicePrincipal('fargate.amazonaws.com')];
    const ofClusters = [
      condition('StringEquals', 'kms:EncryptionContext:aws:ecs:clusterAccount', account),
      ...(clusters === undefined
        ? []
        : [condition('StringLike', 'kms:EncryptionContext:aws:ecs:clusterName', ...clusters.map(literal))]),
    ];
    return [
      { principals, actions: ['kms:GenerateDataKeyWithoutPlaintext'], conditions: ofClusters },
      {
        principals,
        actions: ['kms:CreateGrant'],
        conditions: [...ofClusters, condition('ForAllValues:StringEquals', 'kms:GrantOperations', literal('Decrypt'))],
      },
    ];
  },
});
