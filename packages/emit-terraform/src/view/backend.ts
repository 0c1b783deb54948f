import { type Deployment, fill } from '@keywright/core/emit/deployment-text';
import type { Rows } from '@keywright/core/emit/rows';
import type { TerraformOptions } from '../options.ts';
import { settingRows } from './settings.ts';

/** The location of a stack's state. `terraform_remote_state` takes the same settings as a backend. */
export interface Backend {
  /** For example `s3` or `gcs`. To read the state of `cloud`, the type is `remote`. */
  readonly type: string;
  readonly settings: Rows;
}

/**
 * Returns the backend in which a stack keeps its state. Root modules are sibling folders, and Terraform resolves relative paths from the
 * folder in which it runs, so a location has the same text in every root module.
 */
export function backendOf(deployment: Deployment, { backend }: TerraformOptions): Backend | undefined {
  if (backend === undefined) return undefined;
  const { local, s3, cloud, ...others } = backend;
  if (local !== undefined) return onDisk(localPath(local.path, deployment));
  if (s3 !== undefined) {
    const { bucket, region, prefix, key, ...settings } = s3;
    const path = [...(prefix === undefined ? [] : [withoutSlash(prefix)]), '${stack}', 'terraform.tfstate'].join('/');
    return { type: 's3', settings: settingRows({ bucket, key: key ?? path, region, ...settings }, deployment) };
  }
  if (cloud !== undefined) {
    const { workspace, project, ...settings } = cloud;
    const workspaces = { name: workspace, ...(project !== undefined && { project }) };
    return { type: 'cloud', settings: settingRows({ ...settings, workspaces }, deployment) };
  }
  const [type, settings] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
  return type === undefined || settings === undefined
    ? undefined
    : { type, settings: settingRows(settings, deployment) };
}

/** Returns where the modules of other stacks find the state of a stack. */
export function remoteStateOf(deployment: Deployment, options: TerraformOptions): Backend {
  const backend = backendOf(deployment, options);
  const isBeside = backend === undefined || (backend.type === 'local' && options.backend?.local?.path === undefined);
  if (isBeside) return onDisk(`../${deployment.name}/terraform.tfstate`);
  // For HCP Terraform, the data source takes the backend `remote`, which is older than the block `cloud`.
  return backend.type === 'cloud' ? { ...backend, type: 'remote' } : backend;
}

function localPath(path: string | undefined, deployment: Deployment): string {
  return path === undefined
    ? 'terraform.tfstate'
    : `${withoutSlash(fill(path, deployment))}/${deployment.name}.tfstate`;
}

function onDisk(path: string): Backend {
  return { type: 'local', settings: [['path', path]] };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
