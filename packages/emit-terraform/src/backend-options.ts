/** `targets.terraform.backend`: the backends of Terraform. Source: Terraform Language, "Backends". */
import { deploymentText, textsIn } from '@keywright/core/emit/deployment-text';
import * as z from '@keywright/core/schema/schema';

const setting = z.union([deploymentText, z.number(), z.boolean(), z.array(deploymentText)]);
const settings = z.record(z.string(), z.union([setting, z.record(z.string(), setting)]));

/** Stacks with the same settings would overwrite each other's state. */
const sameForAll = { error: 'all stacks would share one state; write `${stack}` in one of the settings' };
const namesTheStack = (value: unknown) => textsIn(value).some((text) => text.includes('${stack}'));

const local = z
  .strictObject({
    path: deploymentText.optional().meta({
      description: 'A folder for the state of all stacks, `<path>/<stack>.tfstate`, relative to a root module.',
    }),
  })
  .meta({ description: 'State on disk. Default: `terraform.tfstate` in the folder of each root module.' });

const s3 = z
  .object({
    bucket: deploymentText.meta({ description: 'The bucket.', examples: ['acme-terraform-state'] }),
    region: deploymentText.meta({ description: "The bucket's region.", examples: ['eu-west-1'] }),
    prefix: deploymentText
      .optional()
      .meta({ description: 'The prefix of object keys: `<prefix>/<stack>/terraform.tfstate`.' }),
    key: deploymentText
      .refine(namesTheStack, sameForAll)
      .optional()
      .meta({ description: 'The complete object key instead, containing `${stack}`.' }),
  })
  .catchall(settings.valueType)
  .refine(({ prefix, key }) => prefix === undefined || key === undefined, {
    error: '`key` is the complete object key, so `prefix` does not apply',
  })
  .meta({ description: 'State in an S3 bucket. Other settings (`use_lockfile`, `kms_key_id`) are passed on.' });

const cloud = z
  .strictObject({
    organization: deploymentText.meta({ description: 'The organization.' }),
    hostname: deploymentText.optional().meta({ description: 'The host name of Terraform Enterprise.' }),
    project: deploymentText.optional().meta({ description: 'The project in which workspaces are created.' }),
    workspace: deploymentText
      .refine(namesTheStack, sameForAll)
      .meta({ description: 'The name of each stack’s workspace, containing `${stack}`.' }),
  })
  .meta({ description: 'State in HCP Terraform or Terraform Enterprise.' });

const passedOn = (what: string) =>
  settings
    .refine(namesTheStack, sameForAll)
    .optional()
    .meta({ description: `State in ${what}; the settings are passed on.` });

export const backendOption = z
  .strictObject({
    local: local.optional(),
    s3: s3.optional(),
    cloud: cloud.optional(),
    azurerm: passedOn('Azure Blob Storage'),
    consul: passedOn('Consul'),
    gcs: passedOn('Google Cloud Storage'),
    http: passedOn('a server that speaks HTTP, such as GitLab'),
    kubernetes: passedOn('a Kubernetes secret'),
    oci: passedOn('Oracle Object Storage'),
    pg: passedOn('PostgreSQL'),
  })
  .refine((backends) => Object.values(backends).filter((backend) => backend !== undefined).length === 1, {
    error:
      'a root module has one backend: name one of local, s3, cloud, azurerm, consul, gcs, http, kubernetes, oci, pg',
  })
  .meta({ title: 'a backend', examples: [{ s3: { bucket: 'acme-terraform-state', region: 'eu-west-1' } }] });
