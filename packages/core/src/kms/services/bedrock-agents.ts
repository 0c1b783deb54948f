import * as z from '../../schema/schema.ts';
import { condition, definePreset, ids, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const bedrockAgents = definePreset({
  name: 'bedrock-agents',
  title:
    'Amazon Bedrock agents with action groups whose API schema is in an encrypted bucket. For other agents, a grant of `decrypt` and `kms:GenerateDataKey` with `via: bedrock` to those who create and invoke them is enough',
  words: ['bedrock', 'bedrock-agent'],
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/cmk-agent-resources.html',
  options: () =>
    z.strictObject({
      agents: ids('Ids of the agents. Default: every agent of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ agents = ['*'] }, place) => [
    {
      principals: [servicePrincipal('bedrock.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [
        condition(
          'ArnLike',
          'kms:EncryptionContext:aws:bedrock:arn',
          ...agents.map((id) => ownArn(place, 'bedrock', `agent/${id}`)),
        ),
      ],
    },
  ],
});
