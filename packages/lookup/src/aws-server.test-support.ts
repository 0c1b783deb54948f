import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServerCall {
  /** The action as in a policy, such as `kms:DescribeKey`. */
  readonly action: string;
  /** The region that the request is signed for, and the access key that signed it. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The request of a call, for a test that forwards it. */
export interface ServerRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string }
  /** The connection ends without an answer. */
  | { readonly kind: 'reset' }
  /** The connection ends in the middle of an answer. */
  | { readonly kind: 'cut'; readonly body: string }
  /** The answer starts, then repeats itself without end or stalls. */
  | { readonly kind: 'endless'; readonly body: string; readonly goesOn: boolean }
  /** No answer, ever. */
  | { readonly kind: 'silence' };

export interface AwsServer {
  /** The address of the server, for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** The calls so far, oldest first, including the SDK's retries. */
  readonly calls: readonly ServerCall[];
  readonly userAgents: readonly string[];
  answer: (call: ServerCall, request: ServerRequest) => Reply | Promise<Reply>;
  close(): Promise<void>;
}

/** Serves KMS (JSON 1.1) and STS (query and XML) on a free local port, and records its requests. */
export async function startAwsServer(): Promise<AwsServer> {
  const calls: ServerCall[] = [];
  const userAgents: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const call = readCall(request, body);
      calls.push(call);
      userAgents.push(request.headers['user-agent'] ?? '');
      send(await aws.answer(call, { headers: request.headers, body }), response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // The address of a server that listens on a port is an `AddressInfo`.
  const { port } = server.address() as AddressInfo;
  const aws: AwsServer = {
    url: `http://127.0.0.1:${port}`,
    calls,
    userAgents,
    answer: () => ({ kind: 'reset' }),
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  return aws;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function readCall({ headers }: IncomingMessage, body: string): ServerCall {
  const [, accessKeyId = '', region = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return { action: `kms:${target.replace('TrentService.', '')}`, region, accessKeyId, input: JSON.parse(body) };
  }
  const { Action, Version: _, ...input } = Object.fromEntries(new URLSearchParams(body));
  return { action: `sts:${Action}`, region, accessKeyId, input };
}

function send(reply: Reply, response: ServerResponse): void {
  switch (reply.kind) {
    case 'answer':
      response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': json, 'content-length': reply.body.length + 100 });
      response.write(reply.body, () => response.socket?.destroy());
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': json });
      const more = () => {
        while (!response.destroyed && response.write(reply.body) && reply.goesOn);
      };
      response.on('drain', () => reply.goesOn && more());
      more();
      return;
    }
    case 'silence':
      return;
  }
}

const json = 'application/x-amz-json-1.1';
const xml = 'text/xml';

export function kmsAnswer(value: unknown): Reply {
  return { kind: 'answer', status: 200, type: json, body: JSON.stringify(value) };
}

export function kmsError(status: number, code: string, message: string): Reply {
  return { kind: 'answer', status, type: json, body: JSON.stringify({ __type: code, message }) };
}

export function stsAnswer(action: string, result: string): Reply {
  const body = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
  return { kind: 'answer', status: 200, type: xml, body };
}

export function stsError(status: number, code: string, message: string): Reply {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { kind: 'answer', status, type: xml, body };
}

/** The answer to GetCallerIdentity. */
export function identityAnswer(account: string, arn = `arn:aws:iam::${account}:user/me`): Reply {
  return stsAnswer('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>`);
}

export function roleAnswer(accessKeyId: string): Reply {
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  return stsAnswer('AssumeRole', `<Credentials>${credentials}</Credentials>`);
}

/** The metadata of an ordinary key, as DescribeKey returns it. */
export function keyAnswer(
  account: string,
  region: string,
  keyId: string,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  return kmsAnswer({
    KeyMetadata: {
      AWSAccountId: account,
      Arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
      KeyId: keyId,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      ...more,
    },
  });
}
