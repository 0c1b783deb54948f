/** Tests what `keywright init` and docs/editors.md set up, with the YAML language server that VS Code, Neovim, Emacs and Helix run. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const command = join(import.meta.dirname, '../../packages/cli/bin/keywright.js');
const folder = mkdtempSync(join(tmpdir(), 'keywright-editors-'));

interface Message {
  readonly id?: number;
  readonly method?: string;
  // The protocol has many types, and these tests read only a few of their properties.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly result?: any;
}

class Editor {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #heard: Message[] = [];
  #rest = Buffer.alloc(0);
  #listener = () => {};

  constructor(settings: object) {
    const server = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
    this.#server = spawn(process.execPath, [server, '--stdio'], { cwd: folder });
    this.#server.stdout.on('data', (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      for (let message = this.#next(); message !== undefined; message = this.#next()) {
        if (message.method === 'workspace/configuration') {
          const { items } = message.params;
          this.#send({
            id: message.id,
            result: items.map(({ section }: { section: string }) => (section === 'yaml' ? settings : null)),
          });
        } else if (message.method !== undefined && message.id !== undefined)
          this.#send({ id: message.id, result: null });
        else this.#heard.push(message);
      }
      this.#listener();
    });
  }

  /** Takes a message from the received bytes: a header with the length in bytes, then JSON. */
  #next(): Message | undefined {
    const [head, length] = /^Content-Length: (\d+)[\s\S]*?\r\n\r\n/.exec(this.#rest.toString('latin1')) ?? [];
    if (head === undefined || this.#rest.length < head.length + Number(length)) return undefined;
    const body = this.#rest.subarray(head.length, head.length + Number(length));
    this.#rest = this.#rest.subarray(head.length + Number(length));
    return JSON.parse(body.toString());
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  async #hear(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.#heard.find(isWanted);
      if (found !== undefined) return found;
      await new Promise<void>((heard) => {
        this.#listener = heard;
      });
    }
  }

  async start(): Promise<void> {
    const rootUri = pathToFileURL(folder).href;
    const capabilities = { workspace: { configuration: true }, textDocument: { hover: {} } };
    this.#send({
      id: 1,
      method: 'initialize',
      params: { processId: process.pid, rootUri, capabilities, workspaceFolders: [{ uri: rootUri, name: 'keys' }] },
    });
    await this.#hear(({ id }) => id === 1);
    this.#send({ method: 'initialized', params: {} });
  }

  /** Opens a file. Returns the problems that the editor shows. */
  async open(name: string): Promise<readonly string[]> {
    const uri = pathToFileURL(join(folder, name)).href;
    const text = readFileSync(join(folder, name), 'utf8');
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    });
    const { params } = await this.#hear(
      ({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri,
    );
    return params.diagnostics.map(({ message }: { message: string }) => message);
  }

  async hover(name: string, word: string): Promise<string> {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes(word));
    const position = { line, character: lines[line]?.indexOf(word) };
    this.#send({
      id: 2,
      method: 'textDocument/hover',
      params: { textDocument: { uri: pathToFileURL(join(folder, name)).href }, position },
    });
    const { result } = await this.#hear(({ id }) => id === 2);
    return result.contents.value;
  }

  close(): void {
    this.#server.kill();
  }
}

const keywright = (...args: readonly string[]) =>
  spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' });
const withoutRequired = 'stacks:\n  orders:\n    keys: { orders: { rotation: true } }\n';

describe('an editor', () => {
  let editor: Editor;
  beforeAll(async () => {
    expect(keywright('init').status).toBe(0);
    writeFileSync(join(folder, 'included.schema.json'), keywright('schema', '--included').stdout);
    editor = new Editor({
      validate: true,
      hover: true,
      schemaStore: { enable: false },
      schemas: { './included.schema.json': ['teams.yaml'], './keywright.schema.json': ['wrong.yaml'] },
    });
    await editor.start();
  });
  afterAll(() => {
    editor.close();
    rmSync(folder, { recursive: true });
  });

  it('recognises a new project at once, and explains it', async () => {
    expect(await editor.open('keywright.yaml')).toEqual([]);
    expect(await editor.hover('keywright.yaml', 'pendingWindow')).toContain('7 to 30 days');
  });

  it('marks nothing in an included file that it recognises by a comment or a pattern', async () => {
    writeFileSync(
      join(folder, 'comment.yaml'),
      `# yaml-language-server: $schema=./included.schema.json\n${withoutRequired}`,
    );
    writeFileSync(join(folder, 'teams.yaml'), withoutRequired);
    expect(await editor.open('comment.yaml')).toEqual([]);
    expect(await editor.open('teams.yaml')).toEqual([]);
  });

  it('marks mistakes', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), withoutRequired);
    expect(await editor.open('wrong.yaml')).toEqual(['Missing property "keywright".', 'Missing property "app".']);
    writeFileSync(join(folder, 'typo.yaml'), '# yaml-language-server: $schema=./included.schema.json\nstakcs: {}\n');
    expect(await editor.open('typo.yaml')).toEqual(['Property stakcs is not allowed.']);
  });
});
