import { quote } from '../print/text.ts';
import type { TerraformOptions } from '../target.ts';

/** The type of a backend and its settings, as HCL. */
export interface BackendView {
  readonly type: string;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The backend in which a stack keeps its state. Root modules are folders beside each other and Terraform takes relative
 * paths from the one that it runs in, so that one place is the same text seen from each.
 */
export function backendOf(stack: string, options: TerraformOptions): BackendView | undefined {
  const { backend } = options;
  if (backend === undefined) return undefined;
  if ('local' in backend) {
    const { path } = backend.local;
    const file = path === undefined ? 'terraform.tfstate' : `${withoutSlash(path)}/${stack}.tfstate`;
    return { type: quote('local'), settings: [{ name: 'path', value: quote(file) }] };
  }
  const { bucket, region, prefix } = backend.s3;
  const key = [...(prefix === undefined ? [] : [withoutSlash(prefix)]), stack, 'terraform.tfstate'].join('/');
  return {
    type: quote('s3'),
    settings: [
      { name: 'bucket', value: quote(bucket) },
      { name: 'key', value: quote(key) },
      { name: 'region', value: quote(region) },
    ],
  };
}

/** Where another stack's module finds the state of a stack. */
export function remoteStateOf(stack: string, options: TerraformOptions): BackendView {
  const { backend } = options;
  const own = backendOf(stack, options);
  const sharedPlace = backend !== undefined && ('s3' in backend || backend.local.path !== undefined);
  if (own !== undefined && sharedPlace) return own;
  return { type: quote('local'), settings: [{ name: 'path', value: quote(`../${stack}/terraform.tfstate`) }] };
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
