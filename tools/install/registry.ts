import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Registry {
  readonly url: string;
  close(): void;
}

/**
 * Starts verdaccio on a free local port, with its files in `folder`. It has the packages that are published to it, and gets other packages
 * from `upstream`. It never asks `upstream` for Keywright's own names.
 */
export async function startRegistry(folder: string, upstream: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, maxage: '60m' } },
    packages: {
      keywright: { access: '$all', publish: '$all' },
      '@keywright/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
  const file = join(folder, 'verdaccio.yaml');
  // JSON is also valid YAML.
  writeFileSync(file, JSON.stringify(config));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const bin = join(import.meta.dirname, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [bin, '--config', file, '--listen', `127.0.0.1:${port}`], { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  await answering(url, child, () => said);
  return { url, close: () => child.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // The address of a server that listens on a port is an `AddressInfo`.
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function answering(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the registry has ended:\n${said()}`);
    const answer = await fetch(`${url}-/ping`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`the registry does not answer:\n${said()}`);
}
