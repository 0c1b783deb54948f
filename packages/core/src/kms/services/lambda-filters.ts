import { concat, literal } from '../../ir/expression.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromSources, ids, names, ownArn, symmetricOnly } from './preset.ts';

export const lambdaFilters = definePreset({
  name: 'lambda-filters',
  title: 'AWS Lambda, filtering the events of event source mappings whose filter criteria are encrypted',
  words: ['lambda-event-filters', 'lambda-event-source-mapping', 'event-source-mapping', 'filter-criteria'],
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption',
  options: () =>
    z.strictObject({
      mappings: ids(
        'UUIDs of the event source mappings, known once they exist. Default: every event source mapping of the account and region.',
      ),
      functions: names('Names of the functions that get the events, `*` allowed. Default: every function.'),
    }),
  requires: symmetricOnly,
  statements: ({ mappings = ['*'], functions }, place) => [
    {
      principals: [{ kind: 'service', host: concat(literal('lambda.'), place.region, literal('.amazonaws.com')) }],
      actions: ['kms:Decrypt'],
      conditions: [
        fromSources(mappings.map((id) => ownArn(place, 'lambda', `event-source-mapping:${id}`))),
        ...(functions === undefined
          ? []
          : [
              condition(
                'ArnLike',
                'kms:EncryptionContext:aws:lambda:FunctionArn',
                ...functions.map((name) => ownArn(place, 'lambda', `function:${name}`)),
              ),
            ]),
      ],
    },
  ],
});
