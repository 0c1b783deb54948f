import { describe, expect, it } from 'vitest';
import { type FakeWorld, fakeClients, here, sdkError } from './fake-clients.test-support.ts';
import { openPlace } from './open-place.ts';
import type { Place } from './place.ts';

async function open(world: FakeWorld, more: Partial<Place> = {}) {
  const clients = fakeClients(world);
  const opening = await openPlace(clients, { ...here, ...more }, new AbortController().signal);
  if (opening.kind === 'open') opening.opened.kms.close();
  expect(clients.open()).toBe(0);
  return {
    calls: clients.calls,
    identity: opening.kind === 'open' ? opening.opened.identity : undefined,
    problem: opening.kind === 'refused' ? opening.diagnostic : undefined,
  };
}

const failing = (call: string, error: Error, world: FakeWorld = {}): FakeWorld => ({
  ...world,
  refuse: (made) => (made.includes(call) ? error : undefined),
});

describe('opening a place', () => {
  it('checks the account before any other request', async () => {
    expect(await open({})).toEqual({
      calls: ['credentials of default', '111122223333 eu-west-1 sts:GetCallerIdentity'],
      identity: 'arn:aws:sts::111122223333:assumed-role/Me/i-1',
    });
  });

  it('uses the credentials of a profile', async () => {
    const { calls } = await open({ profiles: { prod: '111122223333' } }, { profile: 'prod' });
    expect(calls).toEqual(['credentials of prod', '111122223333 eu-west-1 sts:GetCallerIdentity']);
  });

  it('assumes a role with the credentials of the profile, in the region of the place', async () => {
    const place = { account: '444455556666', region: 'us-east-1', profile: 'hub', lookupRole: 'Reader' };
    const { calls, identity } = await open({ profiles: { hub: '111122223333' } }, place);
    expect(calls).toEqual([
      'credentials of hub',
      '111122223333 us-east-1 sts:AssumeRole arn:aws:iam::444455556666:role/Reader',
      '444455556666 us-east-1 sts:GetCallerIdentity',
    ]);
    expect(identity).toBe('arn:aws:sts::444455556666:assumed-role/Me/i-1');
  });
});

describe('KW5104: credentials of another account', () => {
  it('are not used', async () => {
    const { problem } = await open({ profiles: { default: '999999999999' } });
    expect(problem).toMatchObject({
      code: 'KW5104',
      message:
        'the credentials for account 111122223333, eu-west-1 belong to account 999999999999 (arn:aws:sts::999999999999:assumed-role/Me/i-1)',
    });
  });

  it('are not used if the role belongs to that account', async () => {
    const lookupRole = 'arn:aws:iam::999999999999:role/Reader';
    const { problem, calls } = await open({}, { lookupRole });
    expect(problem?.code).toBe('KW5104');
    expect(calls.at(-1)).toBe('999999999999 eu-west-1 sts:GetCallerIdentity');
  });
});

describe('credentials', () => {
  it.each([
    [
      'do not exist',
      sdkError('CredentialsProviderError', 'Could not load them'),
      'KW5101',
      'the default credentials cannot be loaded: Could not load them',
    ],
    [
      'have expired',
      sdkError('TokenProviderError', 'Token is expired.'),
      'KW5102',
      'the default credentials have expired: Token is expired.',
    ],
    [
      'come from a role that cannot be assumed',
      sdkError('AccessDenied', 'not authorized'),
      'KW5101',
      'the default credentials cannot be loaded: not authorized',
    ],
    [
      'come from a place that does not answer',
      Object.assign(new Error('getaddrinfo ENOTFOUND portal'), { code: 'ENOTFOUND' }),
      'KW5108',
      'the request for credentials in account 111122223333, eu-west-1, got no usable answer: getaddrinfo ENOTFOUND portal',
    ],
  ])('that %s are reported', async (_, error, code, message) => {
    const { calls, problem } = await open(failing('credentials', error));
    expect(problem).toMatchObject({ code, message });
    expect(calls).toEqual(['credentials of default']);
  });

  it('of a profile are reported with its name', async () => {
    const { problem } = await open({}, { profile: 'prod' });
    expect(problem?.message).toBe(
      'the credentials of profile prod cannot be loaded: Could not load credentials from any providers',
    );
  });
});

describe('a role', () => {
  const role = 'arn:aws:iam::111122223333:role/Reader';
  it.each([
    [
      'that may not be assumed',
      sdkError('AccessDenied', 'not authorized to perform: sts:AssumeRole'),
      'KW5105',
      `${role} cannot be assumed: not authorized to perform: sts:AssumeRole`,
    ],
    [
      'that is misspelt',
      sdkError('ValidationError', 'the ARN is invalid'),
      'KW5105',
      `${role} cannot be assumed: ValidationError: the ARN is invalid`,
    ],
    [
      'that is requested with expired credentials',
      sdkError('ExpiredToken', 'The security token included in the request is expired'),
      'KW5102',
      'the default credentials have expired: The security token included in the request is expired',
    ],
    [
      'that is requested with unknown credentials',
      sdkError('InvalidClientTokenId', 'The security token is invalid'),
      'KW5103',
      'the default credentials are not accepted in account 111122223333, eu-west-1: The security token is invalid',
    ],
    [
      'that is requested too often',
      sdkError('Throttling', 'Rate exceeded'),
      'KW5109',
      'sts:AssumeRole in account 111122223333, eu-west-1, was throttled in every attempt',
    ],
    [
      'in a region that is not enabled',
      sdkError('RegionDisabledException', 'STS is not activated in this region'),
      'KW5107',
      'account 111122223333, eu-west-1, does not seem to be enabled: STS is not activated in this region',
    ],
  ])('%s is reported', async (_, error, code, message) => {
    const { calls, problem } = await open(failing('AssumeRole', error), { lookupRole: 'Reader' });
    expect(problem).toMatchObject({ code, message });
    expect(calls).toHaveLength(2);
  });
});

describe('the identity', () => {
  it.each([
    [
      'of expired credentials',
      sdkError('ExpiredToken', 'expired'),
      {},
      'KW5102',
      'the default credentials have expired: expired',
    ],
    [
      'of an expired role',
      sdkError('ExpiredToken', 'expired'),
      { lookupRole: 'Reader' },
      'KW5102',
      'the credentials of role arn:aws:iam::111122223333:role/Reader have expired: expired',
    ],
    [
      'of unknown credentials',
      sdkError('InvalidClientTokenId', 'invalid'),
      {},
      'KW5103',
      'the default credentials are not accepted in account 111122223333, eu-west-1: invalid',
    ],
    [
      'of unknown credentials in a region that has to be enabled',
      sdkError('InvalidClientTokenId', 'invalid'),
      { region: 'af-south-1' },
      'KW5107',
      'account 111122223333, af-south-1, does not seem to be enabled: invalid',
    ],
    [
      'of a wrong secret in a region that has to be enabled',
      sdkError('SignatureDoesNotMatch', 'no match'),
      { region: 'af-south-1' },
      'KW5103',
      'the default credentials are not accepted in account 111122223333, af-south-1: no match',
    ],
    [
      'that a policy denies',
      sdkError('AccessDenied', 'explicit deny'),
      {},
      'KW5106',
      'the holder of the default credentials may not call sts:GetCallerIdentity on *: explicit deny',
    ],
    [
      'that never arrives',
      Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
      {},
      'KW5108',
      'sts:GetCallerIdentity in account 111122223333, eu-west-1, got no usable answer: read ECONNRESET',
    ],
  ])('%s is reported as a problem', async (_, error, more, code, message) => {
    const { problem } = await open(failing('GetCallerIdentity', error), more);
    expect(problem).toMatchObject({ code, message });
  });
});

describe('an interruption', () => {
  it.each(['credentials', 'AssumeRole', 'GetCallerIdentity'])(
    'during %s is not reported as a failure',
    async (call) => {
      const error = sdkError('AbortError', 'Request aborted');
      const { calls, identity, problem } = await open(failing(call, error), { lookupRole: 'Reader' });
      expect(calls.at(-1)).toContain(call);
      expect({ identity, problem }).toEqual({ identity: undefined, problem: undefined });
    },
  );
});
