import type { Rows } from '@keywright/core/emit/rows';
import type { TerraformOptions } from '../target.ts';

/** The type of a backend and its settings. */
export interface Backend {
  readonly type: 'local' | 's3';
  readonly settings: Rows;
}

/**
 * The backend in which a stack keeps its state. Root modules are folders beside each other and Terraform takes relative
 * paths from the one that it runs in, so that one place is the same text seen from each.
 */
export function backendOf(stack: string, options: TerraformOptions): Backend | undefined {
  const { backend } = options;
  if (backend === undefined) return undefined;
  if ('local' in backend) {
    const { path } = backend.local;
    return local(path === undefined ? 'terraform.tfstate' : `${withoutSlash(path)}/${stack}.tfstate`);
  }
  const { bucket, region, prefix } = backend.s3;
  const key = [...(prefix === undefined ? [] : [withoutSlash(prefix)]), stack, 'terraform.tfstate'].join('/');
  return {
    type: 's3',
    settings: [
      ['bucket', bucket],
      ['key', key],
      ['region', region],
    ],
  };
}

/** Where another stack's module finds the state of a stack. */
export function remoteStateOf(stack: string, options: TerraformOptions): Backend {
  const { backend } = options;
  const own = backendOf(stack, options);
  const sharedPlace = backend !== undefined && ('s3' in backend || backend.local.path !== undefined);
  return own !== undefined && sharedPlace ? own : local(`../${stack}/terraform.tfstate`);
}

function local(path: string): Backend {
  return { type: 'local', settings: [['path', path]] };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
