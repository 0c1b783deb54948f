/**
 * Condition keys for the encryption context in which some services put the ARN or account of the encrypted resource. For the logs of an
 * event bus, EventBridge puts this ARN under `SourceArn`.
 */
export const contextOfCaller = /^kms:encryptioncontext:((aws-crypto-ec:)?aws:.*(arn|account)|sourcearn)$/i;
