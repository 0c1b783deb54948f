import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Place } from './cloud.ts';
import { sensitive } from './facts.ts';
import { blank, type PlannedChange, type Provider, placeOf, placeOfResource, plan, problemsOf } from './provider.ts';
import { reattachTo } from './reattach.ts';
import type { Block } from './schema.ts';
import { type DynamicValue, fromWire, toWire, type Values } from './values.ts';

export interface Server {
  /** The value for TF_REATTACH_PROVIDERS: the address of the provider, so that Terraform does not start a program. */
  readonly reattach: string;
  close(): void;
}

const protocol = loadSync(join(import.meta.dirname, 'provider.proto'), { keepCase: true, enums: String });

export async function serve(provider: Provider): Promise<Server> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const service = protocol['tfplugin5.Provider'] as grpc.ServiceDefinition; // defined as a service in provider.proto
  server.addService(service, callsOf(provider));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return {
    reattach: reattachTo(port),
    close: () => server.forceShutdown(),
  };
}

/** The fields of messages that this server uses. Fields that Terraform omits are null. */
interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue | null;
  readonly raw_state: { readonly json: Uint8Array } | null;
  readonly current_state: DynamicValue | null;
  readonly prior_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
}

type Response = Readonly<Record<string, unknown>>;

/** A call. Terraform opens a connection for each provider block, so the connection identifies the block. */
type Call = (request: Request, connection: string) => Response | Promise<Response>;

function callsOf(provider: Provider): grpc.UntypedServiceImplementation {
  const { schema, cloud } = provider;
  const places = new Map<string, Place>();
  const placeFor = (connection: string, values: Values) => {
    const place = places.get(connection);
    if (place === undefined) throw new Error('this provider was not configured');
    return placeOfResource(values, place);
  };
  const resource = (type: string) => known(schema.resources, type);

  const calls: Readonly<Record<string, Call>> = {
    GetSchema: () => ({
      provider: wireSchema(schema.provider, []),
      resource_schemas: wireSchemas(schema.resources),
      data_source_schemas: wireSchemas(schema.dataSources),
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure({ config }, connection) {
      places.set(connection, placeOf(fromWire(config) ?? {}));
      return {};
    },
    ValidateResourceTypeConfig: ({ type_name, config }) => ({
      diagnostics: problemsOf(type_name, fromWire(config) ?? {}).map((problem) => diagnostic(type_name, problem)),
    }),
    ValidateDataSourceConfig: () => ({}),
    // The schema has only ever had one version, so there is nothing to upgrade.
    UpgradeResourceState: ({ raw_state }) => ({ upgraded_state: { json: raw_state?.json } }),
    async ReadResource({ type_name, current_state }, connection) {
      const state = fromWire(current_state);
      if (state === undefined) return { new_state: toWire(undefined) };
      const found = await cloud.read(type_name, state, placeFor(connection, state));
      return { new_state: toWire(found && blank(resource(type_name), found)) };
    },
    PlanResourceChange({ type_name, prior_state, proposed_new_state }, connection) {
      const prior = fromWire(prior_state);
      const change = plan(resource(type_name), type_name, prior, fromWire(proposed_new_state));
      const { planned } = change;
      if (prior === undefined && planned !== undefined) {
        cloud.announce?.(type_name, planned, placeFor(connection, planned));
      }
      return wireChange(change);
    },
    async ApplyResourceChange({ type_name, prior_state, planned_state }, connection) {
      const prior = fromWire(prior_state);
      const planned = fromWire(planned_state);
      if (planned === undefined) {
        if (prior !== undefined) await cloud.remove(type_name, prior, placeFor(connection, prior));
        return { new_state: toWire(undefined) };
      }
      const place = placeFor(connection, planned);
      const made =
        prior === undefined
          ? await cloud.create(type_name, planned, place)
          : await cloud.update(type_name, prior, planned, place);
      return { new_state: toWire(made) };
    },
    ImportResourceState: ({ type_name, id }) => ({
      imported_resources: [{ type_name, state: toWire(blank(resource(type_name), { id })) }],
    }),
    async ReadDataSource({ type_name, config }, connection) {
      const asked = fromWire(config) ?? {};
      const found = await cloud.find(type_name, asked, placeFor(connection, asked));
      return { new_state: toWire(blank(known(schema.dataSources, type_name), { ...asked, ...found })) };
    },
    Stop: () => ({}),
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, answering(name, call)]));
}

function answering(name: string, call: Call): grpc.handleUnaryCall<Request, Response> {
  return async (received, callback) => {
    const { request } = received;
    try {
      callback(null, await call(request, received.getPeer()));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      // Terraform prints this as an error of the provider, not as a failed connection.
      callback(null, { diagnostics: [diagnostic(`${name} ${request.type_name ?? ''}`, text)] });
    }
  };
}

function known(blocks: ReadonlyMap<string, Block>, type: string): Block {
  const block = blocks.get(type);
  if (block === undefined) throw new Error(`there is no ${type}`);
  return block;
}

function diagnostic(summary: string, detail: string): Response {
  return { severity: 'ERROR', summary, detail };
}

function wireChange({ planned, replacedBecauseOf }: PlannedChange): Response {
  return {
    planned_state: toWire(planned),
    requires_replace: replacedBecauseOf.map((attribute_name) => ({ steps: [{ attribute_name }] })),
  };
}

function wireSchemas(blocks: ReadonlyMap<string, Block>): Response {
  return Object.fromEntries([...blocks].map(([type, block]) => [type, wireSchema(block, sensitive[type] ?? [])]));
}

function wireSchema(block: Block, hidden: readonly string[]): Response {
  return { version: 0, block: wireBlock(block, hidden) };
}

function wireBlock({ attributes, blocks }: Block, hidden: readonly string[]): Response {
  return {
    attributes: attributes.map(({ type, ...attribute }) => ({
      ...attribute,
      type: Buffer.from(JSON.stringify(type)),
      sensitive: hidden.includes(attribute.name),
    })),
    block_types: blocks.map(({ name, nesting, block }) => ({ type_name: name, nesting, block: wireBlock(block, []) })),
  };
}
