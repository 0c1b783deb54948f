import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo, connect as createSocket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { FoundProvider } from './find-provider.ts';
import { reattachTo } from './plugin/reattach.ts';
import { withUsedTypes } from './provider-schema.ts';
import { environment } from './run-terraform.ts';

/** AWS providers that keep running from one Terraform command to the next. Any number of commands can use them at once. */
export interface RunningProviders {
  /** The value of `TF_REATTACH_PROVIDERS` for these providers. */
  readonly reattach: string;
  stop(): Promise<void>;
}

/** A provider's process. It has one configuration at a time, so it serves one provider block at a time. */
interface Running {
  readonly process: ChildProcess;
  readonly connection: ClientHttp2Session;
}

const serviceOfProvider = '/tfplugin5.Provider/';
const getSchema = `${serviceOfProvider}GetSchema`;
const configure = `${serviceOfProvider}Configure`;
const validateBlock = `${serviceOfProvider}PrepareProviderConfig`;

/**
 * Starts providers as debuggers do, whenever a command needs another one. Terraform would start one for each provider block of each
 * command, several times, and each time a provider takes seconds of processor time to build its schema. Terraform connects once for each
 * provider block, so each connection that configures a provider gets a separate process until it ends. The other connections, which only
 * validate, share a process. The schema is read once and shortened. Each provider block is validated once, because the provider validates
 * its whole schema with every block.
 */
export async function startProviders(found: FoundProvider): Promise<RunningProviders> {
  const start = () => startProvider(found);
  const unconfigured = await start();
  const all = [unconfigured];
  const idle: Running[] = [];
  const killAll = () => {
    for (const { process: provider } of all) provider.kill();
  };
  process.once('exit', killAll);
  const schema = framed(withUsedTypes(unframed(await answerOf(unconfigured.connection, getSchema))));
  const take = async () => {
    const free = idle.pop();
    if (free !== undefined) return free;
    const another = await start();
    all.push(another);
    return another;
  };
  const configured = new WeakMap<Http2Session, Promise<Running>>();
  const runningFor = (connection: Http2Session, path: string) => {
    const earlier = configured.get(connection);
    if (earlier !== undefined || path !== configure) return earlier ?? Promise.resolve(unconfigured);
    const taken = take();
    configured.set(connection, taken);
    connection.once('close', () => void taken.then((running) => idle.push(running)));
    return taken;
  };

  const aboutBlocks = new Map<string, Promise<Buffer>>();
  const connections = new Set<Http2Session>();
  const server = createServer();
  server.on('session', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const path = String(headers[constants.HTTP2_HEADER_PATH]);
    const { session } = stream;
    if (path === getSchema) answer(stream, schema);
    else if (path === validateBlock)
      answerAboutBlock(stream, aboutBlocks, unconfigured.connection).catch(() => refuse(stream, unavailable));
    // Terraform does not need the services for the output of plugins and for callbacks.
    else if (!path.startsWith(serviceOfProvider) || session === undefined) refuse(stream, unimplemented);
    else
      runningFor(session, path).then(
        ({ connection }) => passOn(stream, headers, connection),
        () => refuse(stream, unavailable),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    reattach: reattachTo(port),
    async stop() {
      process.off('exit', killAll);
      for (const connection of connections) connection.destroy();
      server.close();
      await Promise.all(all.map(end));
    },
  };
}

async function startProvider({ program }: FoundProvider): Promise<Running> {
  const provider = spawn(program, ['-debug'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: environment(),
  });
  let printed = '';
  const path = await new Promise<string>((resolve, reject) => {
    provider.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, address] = /TF_REATTACH_PROVIDERS='.*"String":"([^"]+)"/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    provider.on('error', reject).on('exit', () => reject(new Error(`the AWS provider has ended:\n${printed}`)));
  });
  const connection = connect('http://localhost', { createConnection: () => createSocket({ path }) });
  return { process: provider, connection };
}

async function end({ process: provider, connection }: Running): Promise<void> {
  const ended = once(provider, 'exit');
  connection.destroy();
  provider.kill();
  await ended;
}

function passOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, provider: ClientHttp2Session): void {
  if (stream.destroyed) return;
  const call = provider.request(headers);
  let trailers: IncomingHttpHeaders = {};
  call.on('response', (answer, flags) => {
    if (stream.destroyed) return;
    // A call that fails at once has no content.
    if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) return void stream.respond(answer, { endStream: true });
    stream.respond(answer, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers(trailers));
    call.pipe(stream);
  });
  call.on('trailers', (received) => {
    trailers = received;
  });
  call.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  stream.on('error', () => call.close(constants.NGHTTP2_CANCEL));
  stream.on('aborted', () => call.close(constants.NGHTTP2_CANCEL));
  stream.pipe(call);
}

/** Answers whether a provider block is valid. Asks a provider once for each block. */
async function answerAboutBlock(
  stream: ServerHttp2Stream,
  answers: Map<string, Promise<Buffer>>,
  provider: ClientHttp2Session,
): Promise<void> {
  const block = await buffer(stream);
  const key = block.toString('base64');
  const answered = answers.get(key) ?? answerOf(provider, validateBlock, block);
  answers.set(key, answered);
  const content = await answered;
  if (content.length === 0) refuse(stream, unavailable);
  else answer(stream, content);
}

/** Returns a provider's answer to a call. Empty if the call fails. */
async function answerOf(
  provider: ClientHttp2Session,
  path: string,
  content = framed(Buffer.alloc(0)),
): Promise<Buffer> {
  const call = provider.request({
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    [constants.HTTP2_HEADER_PATH]: path,
    'content-type': contentType,
    te: 'trailers',
  });
  call.end(content);
  return buffer(call);
}

const contentType = 'application/grpc';
/** Status codes of gRPC. */
const unimplemented = 12;
const unavailable = 14;

function answer(stream: ServerHttp2Stream, content: Buffer): void {
  stream.resume();
  stream.respond({ 'content-type': contentType }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(content);
}

function refuse(stream: ServerHttp2Stream, status: number): void {
  if (stream.destroyed) return;
  stream.resume();
  stream.respond({ 'content-type': contentType, 'grpc-status': String(status) }, { endStream: true });
}

/** Returns a message as gRPC sends it: uncompressed, preceded by its length. Source: gRPC over HTTP/2, "Length-Prefixed-Message". */
function framed(message: Buffer): Buffer {
  const start = Buffer.alloc(5);
  start.writeUInt32BE(message.length, 1);
  return Buffer.concat([start, message]);
}

function unframed(frame: Buffer): Buffer {
  if (frame.readUInt8(0) !== 0) throw new Error('the provider compresses its answer');
  return frame.subarray(5, 5 + frame.readUInt32BE(1));
}
