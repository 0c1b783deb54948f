import { stsError } from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import type { Due, DueProblem } from '../case.ts';
import { contextText } from '../entry.ts';
import type { Mood } from '../front.ts';
import type { LookedUpAlias } from '../project.ts';
import { dueFile, entryOf, type Situation } from '../situation.ts';
import { credentials, data, type World } from '../world.ts';
import { ofBase } from './wanted.ts';

/** The identity that moto returns for the owner of any access key. */
const caller = 'arn:aws:sts::123456789012:user/moto';

interface Circumstances {
  readonly asked?: readonly LookedUpAlias[];
  readonly mood?: Mood;
  readonly env?: Readonly<Record<string, string>>;
  readonly calls?: Due['calls'];
}

/** Situations in which the caller is not allowed to ask. */
export function identities(world: World): readonly Situation[] {
  const wanted = [ofBase('alias/shared')];
  const before = [
    { ...entryOf(world, ofBase('alias/shared')), keyId: 'old', arn: 'arn:aws:kms:eu-west-1:123456789012:key/old' },
  ];
  const never = { what: /^kms:/, why: 'no key is asked for by somebody else' };
  const identity = (
    name: string,
    problem: DueProblem,
    { asked = wanted, mood, env, calls = {} }: Circumstances,
  ): Situation => ({
    name: `refused/${name}`,
    wanted: asked,
    before,
    runs: [
      {
        args: ['--refresh'],
        ...(mood && { mood }),
        ...(env && { env }),
        due: dueFile(contextText(before), calls, { ended: [3], problems: [problem], never }),
      },
    ],
  });
  const saying =
    (code: string, text: string): Mood =>
    () => ({ reply: stsError(403, code, text), troubled: false });
  const once: Due['calls'] = { 'sts:GetCallerIdentity': [1, 1] };
  const invalid = 'The security token included in the request is invalid';
  const elsewhere = [{ account: data, region: 'eu-west-1', alias: 'alias/shared' }];
  return [
    identity('no credentials', { code: 'KW5101', names: [] }, { env: {} }),
    identity(
      'a profile that does not exist',
      { code: 'KW5101', names: ['nobody'] },
      {
        asked: [{ ...ofBase('alias/shared'), profile: 'nobody' }],
      },
    ),
    identity(
      'credentials that have expired',
      { code: 'KW5102', names: [] },
      {
        mood: saying('ExpiredToken', 'The security token included in the request is expired'),
        calls: once,
      },
    ),
    identity(
      'an access key that nobody knows',
      { code: 'KW5103', names: ['eu-west-1'] },
      {
        mood: saying('InvalidClientTokenId', invalid),
        calls: once,
      },
    ),
    identity(
      'a wrong secret',
      { code: 'KW5103', names: [] },
      {
        mood: saying('SignatureDoesNotMatch', 'The request signature we calculated does not match'),
        calls: once,
      },
    ),
    identity(
      'credentials of another account',
      { code: 'KW5104', names: [data, '123456789012', caller] },
      {
        asked: elsewhere,
        calls: once,
      },
    ),
    identity(
      'a region that is not enabled',
      { code: 'KW5107', names: ['af-south-1'] },
      {
        asked: [ofBase('alias/shared', 'af-south-1')],
        mood: saying('InvalidClientTokenId', invalid),
        calls: once,
      },
    ),
    identity(
      'an endpoint of STS where nothing listens',
      { code: 'KW5108', names: ['ECONNREFUSED'] },
      {
        env: {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
          AWS_MAX_ATTEMPTS: '2',
        },
      },
    ),
  ];
}
