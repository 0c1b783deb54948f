/**
 * The condition keys of the encryption context that some services derive from the ARN or account of the encrypted resource; EventBridge
 * calls it `SourceArn` in the logs of an event bus.
 */
export const contextOfCaller = /^kms:encryptioncontext:((aws-crypto-ec:)?aws:.*(arn|account)|sourcearn)$/i;
