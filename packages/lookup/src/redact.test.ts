import { describe, expect, it, onTestFinished } from 'vitest';
import { awsEnvironment } from './aws-environment.test-support.ts';
import {
  identityAnswer,
  keyAnswer,
  kmsError,
  roleAnswer,
  startAwsServer,
  stsError,
} from './aws-server.test-support.ts';
import { here, query } from './fake-clients.test-support.ts';
import { redact } from './redact.ts';
import { resolveLookups } from './resolve.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const token = `IQoJb3JpZ2luX2VjE${'aB3/+x'.repeat(50)}==`;
const signature = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';

describe('redact', () => {
  it.each([
    ['a header', `authorization: AWS4-HMAC-SHA256 Credential=AKID/2026, SignedHeaders=host, Signature=${signature}`],
    ['a header in JSON', `{"authorization":"AWS4-HMAC-SHA256 Credential=AKID/x, Signature=${signature}","a":1}`],
    ['a canonical request', `POST\n/\n\nhost:kms\nx-amz-security-token:${token}\n\nhost\n${signature}`],
    ['a query', `https://sts/?X-Amz-Signature=${signature}&X-Amz-Security-Token=${encodeURIComponent(token)}`],
    ['an encoded query', `X-Amz-Security-Token%3D${encodeURIComponent(token)}`],
    ['XML', `<SecretAccessKey>${secretKey}</SecretAccessKey><SessionToken>${token}</SessionToken>`],
    ['JSON', JSON.stringify({ SecretAccessKey: secretKey, SessionToken: token })],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ SecretAccessKey: secretKey, Token: token }))],
    ['variables', `AWS_SECRET_ACCESS_KEY=${secretKey} AWS_SESSION_TOKEN='${token}'`],
    ['a bare key', `is ${secretKey} yours?`],
    ['a bare token', `(${token})`],
    ['a bare signature', `expected ${signature}, got ${signature.toUpperCase()}`],
    ['a command line', `Command failed: vault --password hunter2 --id x\nwhat is ${secretKey}?\nhunter2`],
    ['arguments', 'unknown: --token hunter2 --client-secret=hunter2 -password "hunter2 x"'],
    ['a URL with a password', 'proxy http://me:hunter2@proxy:80 refused'],
    ['a bearer token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.hunter2hunter2'],
    ['an answer that is not JSON', `Unexpected token 'x', ..."y":"hunter2x"... is not valid JSON`],
  ])('removes the secret from %s', (_, text) => {
    const shown = redact(text);
    for (const secret of [secretKey, token, encodeURIComponent(token), signature, 'hunter2', 'AKID/', 'aB3/+x']) {
      expect(shown.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });

  it.each([
    'The security token included in the request is invalid.',
    'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z',
    'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO/VeryLong/Administrator1AccessOfTheWholeOrganization/me is not authorized',
    'key 1a2b3c4d-1a2b-1a2b-1a2b-1a2b3c4d5e6f in alias/some/deep/path/of/names/that/goes/on/and/on is disabled',
    'connect ECONNREFUSED 127.0.0.1:1',
    'Could not resolve credentials using profile: [data] in configuration/credentials file(s).',
    "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  ])('leaves %j unchanged', (text) => {
    // A time stamp after "Signature expired" is not a signature: only a value right after the name of a secret is one.
    expect(redact(text)).toBe(text);
  });

  it('removes known secrets in any form', () => {
    expect(redact('so: all+lower+case+secret, all%2Blower%2Bcase%2Bsecret', ['all+lower+case+secret'])).toBe(
      'so: [redacted], [redacted]',
    );
  });
});

describe('a lookup', () => {
  const asked = async (more: Parameters<typeof query>[1] = {}) => {
    const { diagnostics } = await resolveLookups({
      queries: [query('alias/a', more)],
      context: new Map(),
      mode: 'missing',
    });
    expect(diagnostics).toHaveLength(1);
    return JSON.stringify(diagnostics);
  };

  it('prints neither the command line of a credential_process nor the program’s output', async () => {
    onTestFinished(awsEnvironment({}, '[profile p]\ncredential_process = sh -c "echo hunter2 >&2; exit 1" hunter3\n'));
    const problem = await asked({ profile: 'p' });
    expect(problem).toContain('the program of `credential_process` failed');
    expect(problem).not.toMatch(/hunter|sh -c/);
  });

  // The secret of a role's credentials, in a form that no pattern recognises.
  const plain = 'only-lower-case-letters-here';
  it.each(['kms:DescribeKey', 'sts:GetCallerIdentity', 'sts:AssumeRole', 'spec', 'arn', 'identity'])(
    'prints no credential that an endpoint repeats in its answer to %s',
    async (where) => {
      const server = await startAwsServer();
      onTestFinished(() => server.close());
      onTestFinished(
        awsEnvironment({
          AWS_ENDPOINT_URL: server.url,
          AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
          AWS_SECRET_ACCESS_KEY: plain,
          AWS_SESSION_TOKEN: `${plain}-too`,
        }),
      );
      server.answer = ({ action, region }, { headers }) => {
        const { authorization, 'x-amz-security-token': token } = headers;
        const echo = `${plain} ${JSON.stringify({ authorization, token })}`;
        if (action === where) {
          return action.startsWith('kms') ? kmsError(400, 'ValidationException', echo) : stsError(400, 'Odd', echo);
        }
        if (action === 'sts:AssumeRole') return roleAnswer('ASIAROLE');
        if (action === 'sts:GetCallerIdentity') {
          return where === 'identity' ? identityAnswer('999999999999', echo) : identityAnswer(here.account);
        }
        return keyAnswer(here.account, region, 'a', where === 'spec' ? { KeySpec: echo } : { Arn: echo });
      };
      const problem = await asked(where === 'sts:AssumeRole' ? { lookupRole: 'Reader' } : {});
      expect(problem).toContain('[redacted]');
      expect(problem).not.toMatch(/only-lower-case|Signature=|Credential=AKID|[0-9a-f]{64}/);
    },
  );
});
