/** A context file with the alias that pages of the documentation look up. */
export const contextOfDocumentation = JSON.stringify({
  version: 1,
  aliases: [
    {
      account: '111122223333',
      region: 'eu-west-1',
      alias: 'alias/shared/config',
      keyId: '11111111-aaaa-4bbb-8ccc-222222222222',
      arn: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-aaaa-4bbb-8ccc-222222222222',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      manager: 'CUSTOMER',
      multiRegion: false,
    },
  ],
});
