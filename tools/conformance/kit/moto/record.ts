import { once } from 'node:events';
import { createServer, request } from 'node:http';

export interface Recorder {
  /** The address of the recorder, which passes every request on to the endpoint. */
  readonly url: string;
  /** Returns the KMS actions that were requested since the last call, in order. */
  taken(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a server between a client and an endpoint that records requests to KMS. */
export async function startRecorder(endpoint: string): Promise<Recorder> {
  let actions: string[] = [];
  const { hostname, port } = new URL(endpoint);
  const server = createServer((asked, answer) => {
    const target = asked.headers['x-amz-target'];
    if (typeof target === 'string' && target.startsWith('TrentService.'))
      actions.push(target.slice('TrentService.'.length));
    const { method, url: path, headers } = asked;
    const onward = request({ hostname, port, method, path, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens on a port has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    taken() {
      const all = actions;
      actions = [];
      return all;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
