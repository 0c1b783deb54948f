/**
 * Controls a real browser in tests: Chromium, through the DevTools protocol over a pipe. Implements only what the tests of the page need. A
 * library would bring its own browsers.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The name of a Chromium that is installed on this machine. */
export function findChromium(): string | undefined {
  const names = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'];
  return names.find((name) => name !== undefined && spawnSync(name, ['--version']).status === 0);
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Parameters = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, Json>>;
  readonly result?: Readonly<Record<string, Json>>;
  readonly error?: { readonly message: string };
}

export interface Page {
  evaluate(expression: string): Promise<unknown>;
  /** Clicks in the middle of the first element that a selector finds. */
  click(selector: string): Promise<void>;
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  drag(from: readonly [number, number], to: readonly [number, number]): Promise<void>;
  wheel(at: readonly [number, number], deltaY: number): Promise<void>;
  darken(isDark: boolean): Promise<void>;
  /** A PNG. */
  screenshot(): Promise<Buffer>;
  /** Errors of scripts, and messages of the console and the content security policy. */
  readonly complaints: readonly string[];
  /** Requests for anything but the page itself. */
  readonly requests: readonly string[];
}

export interface Browser {
  open(url: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  close(): Promise<void>;
}

export async function startChromium(command: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'keywright-chromium-'));
  const child = spawn(
    command,
    [
      '--headless',
      // Tests run as root in containers, where the sandbox cannot be set up. The page is Keywright's own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const connection = connect(child);
  return {
    async open(url, size = { width: 1280, height: 800 }) {
      const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
      return openPage(connection, String(sessionId), url, size);
    },
    async close() {
      const ended = new Promise((done) => child.once('exit', done));
      connection.send('Browser.close', {}).catch(() => {});
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Connection {
  send(method: string, parameters: Parameters, sessionId?: string): Promise<Readonly<Record<string, Json>>>;
  listen(sessionId: string, hear: (method: string, parameters: Readonly<Record<string, Json>>) => void): void;
}

/** Messages are JSON, and each ends with a zero byte. The browser reads from its descriptor 3 and writes to its descriptor 4. */
function connect(child: ChildProcess): Connection {
  const input = child.stdio[3] as Writable; // as requested in `stdio`
  const output = child.stdio[4] as Readable;
  const waiting = new Map<
    number,
    { resolve: (result: Readonly<Record<string, Json>>) => void; reject: (error: Error) => void }
  >();
  const listeners = new Map<string, (method: string, parameters: Readonly<Record<string, Json>>) => void>();
  let last = 0;
  let rest = Buffer.alloc(0);
  const receive = (message: Message & { readonly sessionId?: string }): void => {
    if (message.id === undefined) {
      listeners.get(message.sessionId ?? '')?.(message.method ?? '', message.params ?? {});
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) answer?.resolve(message.result ?? {});
    else answer?.reject(new Error(message.error.message));
  };
  output.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      receive(JSON.parse(rest.subarray(0, end).toString()));
      rest = rest.subarray(end + 1);
    }
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'));
  });
  input.on('error', () => {});
  return {
    send(method, params, sessionId) {
      last += 1;
      const id = last;
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    listen: (sessionId, hear) => listeners.set(sessionId, hear),
  };
}

async function openPage(
  connection: Connection,
  sessionId: string,
  url: string,
  size: { readonly width: number; readonly height: number },
): Promise<Page> {
  const send = (method: string, parameters: Parameters = {}) => connection.send(method, parameters, sessionId);
  const complaints: string[] = [];
  const requests: string[] = [];
  const loaded = new Promise<void>((done) => {
    connection.listen(sessionId, (method, parameters) => {
      const text = JSON.stringify(parameters);
      if (method === 'Page.loadEventFired') done();
      else if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded') complaints.push(text);
      else if (method === 'Runtime.consoleAPICalled') complaints.push(text);
      else if (method === 'Network.requestWillBeSent' && parameters.documentURL !== undefined) {
        const { request } = parameters;
        const asked = typeof request === 'object' && request !== null && 'url' in request ? String(request.url) : '';
        if (asked !== url) requests.push(asked);
      }
    });
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
  await send('Page.navigate', { url });
  await loaded;

  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
  };
  const mouse = (type: string, [x, y]: readonly [number, number], more: Parameters = {}) =>
    send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1, ...more });
  const settle = () => evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true)), 20))');

  return {
    evaluate,
    complaints,
    requests,
    async click(selector) {
      const found = await evaluate(`(() => {
        const element = document.querySelector(${JSON.stringify(selector)});
        if (element === null) return null;
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
      })()`);
      if (!Array.isArray(found)) throw new Error(`the page has no ${selector}`);
      const at = [Number(found[0]), Number(found[1])] as const;
      await mouse('mousePressed', at);
      await mouse('mouseReleased', at);
      await settle();
    },
    async press(key) {
      const text = key === 'Enter' ? { text: '\r' } : key.length === 1 ? { text: key } : {};
      // Some built-in effects of a keystroke, such as closing a dialog, depend on the number of the pressed key.
      const number = { Escape: 27, Enter: 13 }[key];
      const what = { key, code: key, ...(number !== undefined && { windowsVirtualKeyCode: number }) };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...what, ...text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...what });
      await settle();
    },
    async type(text) {
      await send('Input.insertText', { text });
      await settle();
    },
    async drag(from, to) {
      await mouse('mousePressed', from);
      await mouse('mouseMoved', [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], { buttons: 1 });
      await mouse('mouseMoved', to, { buttons: 1 });
      await mouse('mouseReleased', to);
      await settle();
    },
    async wheel(at, deltaY) {
      await mouse('mouseWheel', at, { deltaX: 0, deltaY, button: 'none' });
      await settle();
    },
    async darken(isDark) {
      const features = [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }];
      await send('Emulation.setEmulatedMedia', { features });
    },
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
  };
}
