import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Finding {
  /** For example `E3012`. */
  readonly rule: string;
  readonly message: string;
  readonly line: number;
  /** The position in the template, such as `['Resources', 'OrdersKey', …]`. */
  readonly path: readonly string[];
}

const python = process.platform === 'win32' ? 'python' : 'python3';

export function missingLinter(): string | undefined {
  const { status } = spawnSync(python, ['-c', 'import cfnlint.runner']);
  return status === 0 ? undefined : 'needs Python with `pip install cfn-lint`';
}

/** A process that lints one template after the other, since starting cfn-lint takes longer than linting. */
export class Linter {
  readonly #server: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor() {
    this.#server = spawn(python, [join(import.meta.dirname, 'lint-server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdout } = this.#server;
    if (stdout === null) throw new Error('the process has no output');
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** Lints a template. Call this for one template at a time. */
  async lint(text: string, regions: readonly string[]): Promise<readonly Finding[]> {
    this.#server.stdin?.write(`${JSON.stringify({ text, regions })}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error('cfn-lint ended before its time');
    return JSON.parse(value) as readonly Finding[]; // the output of lint-server.py
  }

  close(): void {
    this.#server.stdin?.end();
  }
}
