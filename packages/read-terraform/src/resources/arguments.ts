import { requiredText, Unread } from '../attributes.ts';
import type { SourceResource } from '../source/resource.ts';

/** The arguments of keys, aliases, grants, key policies and inline policies that are read, or that repeat other arguments. */
const read: ReadonlySet<string> = new Set([
  'arn',
  'bypass_policy_lockout_safety_check',
  'constraints',
  'custom_key_store_id',
  'customer_master_key_spec',
  'deletion_window_in_days',
  'description',
  'enable_key_rotation',
  'enabled',
  'grantee_principal',
  'group',
  'id',
  'is_enabled',
  'key_id',
  'key_spec',
  'key_usage',
  'multi_region',
  'name',
  'name_prefix',
  'operations',
  'policy',
  'prevent_destroy',
  'primary_key_arn',
  'region',
  'retire_on_delete',
  'retiring_principal',
  'role',
  'rotation_period_in_days',
  'tags',
  'tags_all',
  'target_key_id',
  'timeouts',
  'user',
  'xks_key_id',
]);

/** Arguments without which Terraform would replace the resource, or import its key material again. */
const lost: readonly (readonly [argument: string, problem: string])[] = [
  ['key_material_base64', 'Terraform holds its key material, and replaces the key if the material is no longer given'],
  ['valid_to', 'its key material expires, and Terraform imports it again if `valid_to` is no longer given'],
  ['grant_creation_tokens', 'it has `grant_creation_tokens`, without which Terraform replaces the grant'],
];

/**
 * Throws `Unread` if a resource has an argument that Keywright cannot express. In a state, checks only the arguments in `lost`, because a
 * state also has values that the provider computed.
 */
export function allIsRead(source: SourceResource): void {
  for (const [argument, problem] of lost) if (isSet(source, argument)) throw new Unread(argument, problem);
  const { configured } = source;
  if (configured === undefined) return;
  // Without the value, the resource would get the provider's region, which may be another one.
  if (source.unknown.has('region') && configured('region') !== 'absent') requiredText(source, 'region');
  for (const argument of new Set([...Object.keys(source.values), ...source.unknown])) {
    if (read.has(argument) || configured(argument) === 'absent' || !isSet(source, argument)) continue;
    throw new Unread(argument, `it has \`${argument}\`, which Keywright cannot express`);
  }
}

export function isSet({ values, unknown, configured }: SourceResource, argument: string): boolean {
  if (unknown.has(argument)) return configured !== undefined && configured(argument) !== 'absent';
  const value = values[argument] ?? '';
  return value !== '' && !(Array.isArray(value) && value.length === 0);
}
