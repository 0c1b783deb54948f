import * as z from '../../schema/schema.ts';
import { condition, definePreset, names, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

export const lambdaPackages = definePreset({
  name: 'lambda-packages',
  title: 'AWS Lambda, encrypting .zip deployment packages',
  words: ['lambda-zip', 'lambda-zip-package', 'lambda-code', 'lambda-deployment-packages'],
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html',
  options: () =>
    z.strictObject({
      functions: names('Names of the functions, `*` allowed. Default: every function of the account and region.'),
    }),
  requires: symmetricOnly,
  statements: ({ functions = ['*'] }, place) => [
    {
      principals: [servicePrincipal('lambda.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: [
        condition(
          'StringLike',
          'kms:EncryptionContext:aws:lambda:FunctionArn',
          ...functions.map((name) => ownArn(place, 'lambda', `function:${name}`)),
        ),
      ],
    },
  ],
});
