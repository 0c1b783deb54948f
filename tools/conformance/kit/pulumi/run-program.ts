import { createRequire } from 'node:module';
import { runtime } from '@pulumi/pulumi';
import {
  exportsOf,
  nameIn,
  watchRegistrations,
} from '../../../../packages/emit-pulumi/src/under-mocks.test-support.ts';
import type { Inputs, RequestedResource } from './provider.ts';
import { settled } from './settled.ts';

export interface ProgramRequest extends RequestedResource {
  /** The name of the provider; absent for the default provider. */
  readonly provider: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** The engine and the cloud behind the mocks. */
export interface Engine {
  /** Creates a resource. Returns its id, and the part of its state that is not in the inputs. */
  make(asked: ProgramRequest): Promise<{ readonly id: string; readonly state: Inputs }>;
  /** Calls the function of the provider with this token, such as `aws:index/getRegion:getRegion`. */
  call(token: string, inputs: Inputs, provider: string | undefined): Promise<Inputs>;
  /** The outputs of the stack with this full name, `organization/project/stack`. */
  outputsOf(stack: string): Promise<Inputs>;
}

export interface Deployment {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** Values other than text are JSON. */
  readonly config: Readonly<Record<string, string>>;
}

/**
 * Runs the JavaScript of a program under Pulumi's mocks, with an engine that really creates resources. Returns the outputs of the program.
 * Only one program can run at a time, since Pulumi's runtime is a singleton in the process. Rejects with the first problem.
 */
export async function runProgram(code: string, deployment: Deployment, engine: Engine): Promise<Inputs> {
  const { promise: failure, reject } = withRejection();
  const underWay = new Set<Promise<unknown>>();
  // Pulumi would wait forever for a resource that its engine did not create.
  const heeded = <Result>(doing: Promise<Result>) => {
    underWay.add(doing);
    doing.catch(reject).finally(() => underWay.delete(doing));
    return doing;
  };
  return heedingRejections(
    reject,
    () => settled(underWay),
    async () => {
      const options = new Map<string, Pick<ProgramRequest, 'protect' | 'retainOnDelete'>>();
      await runtime.setMocks(
        {
          async newResource({ type, name, inputs, provider, id }) {
            if (type === runtime.rootPulumiStackTypeName) return { id: name, state: {} };
            if (type === 'pulumi:pulumi:StackReference')
              return { id: id ?? name, state: { name, outputs: await heeded(engine.outputsOf(name)) } };
            const { protect = false, retainOnDelete = false } = options.get(`${type}::${name}`) ?? {};
            const asked = { type, name, inputs, provider: nameOf(provider), protect, retainOnDelete };
            const made = await heeded(engine.make(asked));
            return { id: made.id, state: { ...inputs, ...made.state } };
          },
          call: ({ token, inputs, provider }) => heeded(engine.call(token, inputs, nameOf(provider))),
        },
        deployment.project,
        deployment.stack,
        false,
        deployment.organization,
      );
      runtime.setAllConfig({ ...deployment.config });
      watchRegistrations<Request>(runtime.getMonitor(), (request) =>
        options.set(`${request.getType()}::${request.getName()}`, {
          protect: request.getProtect() ?? false,
          retainOnDelete: request.getRetainondelete() ?? false,
        }),
      );
      // Packages that the program requires are those of the oracles.
      const require = createRequire(import.meta.url);
      const outputs = await Promise.race([runtime.runInPulumiStack(async () => exportsOf(code, require)), failure]);
      // All outputs may be known before all resources are registered.
      await Promise.race([runtime.disconnect(), failure]);
      return outputs ?? {};
    },
  );
}

function withRejection(): { readonly promise: Promise<never>; readonly reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, given) => {
    reject = given;
  });
  promise.catch(() => undefined); // `Promise.race` handles it
  return { promise, reject };
}

/**
 * Calls `heed` with unhandled rejections. A problem with a resource causes one. Pulumi's host stops at the first such rejection, and so
 * does this function.
 */
async function heedingRejections<Result>(
  heed: (reason: unknown) => void,
  ended: () => Promise<void>,
  run: () => Promise<Result>,
): Promise<Result> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', heed);
  try {
    return await run();
  } finally {
    await ended();
    // Otherwise, operations that a failed program leaves unfinished would make this process fail at its end.
    runtime.resetOptions('', '', -1, '', '', false, '');
    process.off('unhandledRejection', heed);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

interface Request {
  getType(): string;
  getName(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
}

function nameOf(provider: string | undefined): string | undefined {
  return provider ? nameIn(provider) : undefined;
}
