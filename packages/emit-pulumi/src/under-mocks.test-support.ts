/** The parts of running a program under Pulumi's mocks that are the same for every copy of Pulumi's runtime. */

/**
 * Calls `heed` with each request to register a resource, because mocks do not get a resource's options. `monitor` is the one of the
 * runtime.
 */
export function watchRegistrations<Request>(monitor: unknown, heed: (request: Request) => void): void {
  // With mocks, the monitor is an object of this shape instead of a client of the engine.
  const mock = monitor as { registerResource: (request: Request, callback: unknown) => Promise<void> };
  const register = mock.registerResource.bind(mock);
  mock.registerResource = (request, callback) => {
    heed(request);
    return register(request, callback);
  };
}

/** Returns the exports of a CommonJS module, loaded as Pulumi's language host does. */
export function exportsOf(code: string, require: NodeJS.Require): Record<string, unknown> {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports;
}

/**
 * Returns the name in a URN: `orders` for `urn:pulumi:dev::project::pulumi:pulumi:Stack$aws:kms/key:Key::orders`. The URN may be followed
 * by an id.
 */
export function nameIn(urn: string): string {
  return urn.split('::')[3] ?? urn;
}
