import type { TerraformOptions } from './options.ts';

/**
 * The settings of each backend that decide where a state is stored. The other settings say how to reach or protect it. Source: Terraform
 * Language, "Backends".
 */
const locating: Readonly<Record<string, readonly string[]>> = {
  local: ['path'],
  s3: ['bucket', 'key', 'workspace_key_prefix', 'endpoint', 'endpoints'],
  cloud: ['hostname', 'organization', 'workspace'],
  azurerm: ['storage_account_name', 'container_name', 'key'],
  consul: ['address', 'path'],
  gcs: ['bucket', 'prefix'],
  http: ['address'],
  kubernetes: ['secret_suffix', 'namespace'],
  oci: ['namespace', 'bucket', 'key', 'workspace_key_prefix'],
  pg: ['conn_str', 'schema_name'],
};

/** Returns where the states are stored, as JSON; `undefined` without a backend. */
export function statesPlace({ backend }: TerraformOptions): string | undefined {
  const [type, settings] = Object.entries(backend ?? {}).find(([, value]) => value !== undefined) ?? [];
  if (type === undefined || settings === undefined) return undefined;
  const { prefix, ...others }: Readonly<Record<string, unknown>> = settings;
  // As in `backendOf`, `prefix` is a short form of the key.
  const all = type === 's3' ? { key: keyBelow(prefix), ...others } : settings;
  const entries = Object.entries(all).filter(([name, value]) => value !== undefined && locating[type]?.includes(name));
  return JSON.stringify([type, ...entries.sort(([one], [other]) => (one < other ? -1 : 1))]);
}

function keyBelow(prefix: unknown): string {
  const folder = typeof prefix === 'string' ? `${prefix.replace(/\/+$/, '')}/` : '';
  return `${folder}\${stack}/terraform.tfstate`;
}
