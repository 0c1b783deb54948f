import { describe, expect, it } from 'vitest';
import { mustBeEnabled, understandFailure } from './failure.ts';
import { sdkError } from './fake-clients.test-support.ts';

describe('understandFailure', () => {
  it.each([
    ['AccessDenied', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['NotAuthorized', 'denied'],
    ['ExpiredToken', 'expired'],
    ['ExpiredTokenException', 'expired'],
    ['InvalidClientTokenId', 'unknownCaller'],
    ['UnrecognizedClientException', 'unknownCaller'],
    ['MissingAuthenticationToken', 'unknownCaller'],
    ['SignatureDoesNotMatch', 'badSignature'],
    ['InvalidSignatureException', 'badSignature'],
    ['IncompleteSignature', 'badSignature'],
    ['RequestExpired', 'badSignature'],
    ['RegionDisabledException', 'regionOff'],
    ['OptInRequired', 'regionOff'],
    ['Throttling', 'throttled'],
    ['ThrottlingException', 'throttled'],
    ['TooManyRequestsException', 'throttled'],
    ['RequestLimitExceeded', 'throttled'],
    ['NotFoundException', 'notFound'],
    ['CredentialsProviderError', 'noCredentials'],
    ['TokenProviderError', 'noCredentials'],
    ['AbortError', 'interrupted'],
  ])('reads %s as %s, with what AWS says', (code, kind) => {
    expect(understandFailure(sdkError(code, 'so it is'))).toEqual({ kind, reason: 'so it is' });
  });

  it('keeps the code of an unknown error', () => {
    expect(understandFailure(sdkError('InvalidArnException', 'what is this?'))).toEqual({
      kind: 'other',
      reason: 'InvalidArnException: what is this?',
    });
  });

  it('recognises an expired session as expired credentials, not missing ones', () => {
    const message = "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.";
    expect(understandFailure(sdkError('CredentialsProviderError', message)).kind).toBe('expired');
  });

  it('uses the status if the code says nothing', () => {
    const answered = (httpStatusCode: number, more = {}) =>
      understandFailure(Object.assign(new Error('oh'), { $fault: 'client', $metadata: { httpStatusCode }, ...more }));
    expect(answered(429)).toEqual({ kind: 'throttled', reason: 'oh' });
    expect(answered(503, { $fault: 'server', name: 'KMSInternalException' })).toEqual({
      kind: 'notReached',
      reason: 'oh (HTTP 503)',
    });
    for (const name of ['Unknown', 'NotFound']) {
      expect(answered(404, { name })).toEqual({ kind: 'notReached', reason: 'HTTP 404 without an AWS error' });
    }
  });

  it.each([
    [Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), 'read ECONNRESET'],
    [Object.assign(new Error('aborted'), { code: 'ECONNRESET' }), 'aborted (ECONNRESET)'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), 'Invalid URL (ERR_INVALID_URL)'],
    [new TypeError(''), 'TypeError'],
    ['a text', 'a text'],
    [undefined, 'undefined'],
  ])('takes everything else for an account that is not reached (%s)', (thrown, reason) => {
    expect(understandFailure(thrown)).toEqual({ kind: 'notReached', reason });
  });

  it('shortens a message to one line, without advice for users of the SDK', () => {
    const reason = (message: string) => understandFailure(new Error(message)).reason;
    expect(reason(' one\n  two\r\n')).toBe('one two');
    expect(
      reason(
        'Unexpected end\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.',
      ),
    ).toBe('Unexpected end');
    expect(reason('@aws-sdk XML parse error: missing closing tag </html>.')).toBe(
      'XML parse error: missing closing tag </html>.',
    );
    expect(reason('@smithy/node-http-handler - the request socket timed out')).toBe('the request socket timed out');
    expect(reason('word '.repeat(1000))).toBe(`${'word '.repeat(80)}…`);
    expect(reason(`long ${'x'.repeat(1000)}`)).toBe('long …');
  });
});

describe('mustBeEnabled', () => {
  it.each([
    ['aws', 'eu-west-1', false],
    ['aws', 'ap-northeast-3', false],
    ['aws', 'af-south-1', true],
    ['aws', 'eu-central-2', true],
    ['aws-cn', 'cn-north-1', false],
  ])('returns for %s, %s: %s', (partition, region, answer) => {
    expect(mustBeEnabled({ partition, region })).toBe(answer);
  });
});
