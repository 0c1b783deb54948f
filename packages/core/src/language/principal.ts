import * as z from 'zod';
import { conditions } from './conditions.ts';
import { accountId, arn, name, names, oneOrMany, reference, tags } from './text.ts';

const mutable = z.boolean().optional().meta({
  description: '`false`: nothing may be attached to it, so that grants land in key policies. Default `true`.',
});

const existingRole = z.strictObject({
  role: arn.meta({ description: 'The ARN of a role that exists already. Policies can be attached to it.' }),
  mutable,
});
const existingUser = z.strictObject({
  user: arn.meta({ description: 'The ARN of a user that exists already. Policies can be attached to it.' }),
  mutable,
});
const account = z.strictObject({
  account: accountId.meta({ description: 'Everyone in an account whom that account allows.' }),
});
const organization = z.strictObject({
  organization: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, { error: 'an organization id is o- and 10 to 32 lower-case letters or digits' })
    .meta({ description: 'Any principal of an AWS organization: `*` narrowed by `aws:PrincipalOrgID`.' }),
});
const orgUnit = z.strictObject({
  orgUnit: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}(\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})+$/, {
      error: 'an organizational unit is written as its path, o-…/r-…/ou-…, because its id alone is not unique',
    })
    .meta({
      description:
        'Any principal of an organizational unit and those below it, by its path `o-…/r-…/ou-…`: `*` narrowed by `aws:PrincipalOrgPaths`.',
    }),
});
const service = z.strictObject({
  service: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, { error: 'a service is written as `logs` or `lambda.amazonaws.com`' })
    .meta({
      description: 'An AWS service, as `logs` (the host per partition and region is known) or as a whole host name.',
    }),
});
const federated = z.strictObject({
  federated: z
    .string()
    .min(1)
    .meta({ description: 'A federated identity provider: the ARN of a SAML or OIDC provider, or a host.' }),
});
const anyone = z.strictObject({
  anyone: z.literal(true).meta({ description: 'Everyone, `*`; only in a statement or grant that has a condition.' }),
});
const byArn = z.strictObject({
  arn: arn.meta({
    description: 'Any other principal by ARN, such as an assumed-role session. Nothing can be attached to it.',
  }),
});

const serviceHost = z
  .string()
  .regex(/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/, { error: 'a service host ends in .amazonaws.com' })
  .meta({ title: 'a service host' });

/** A principal written where it is used. */
export const inlinePrincipal = z
  .union([existingRole, existingUser, account, organization, orgUnit, service, federated, anyone, byArn])
  .meta({ id: 'InlinePrincipal', title: 'a principal', description: 'A principal that exists outside this project.' });

/** Whom something is for: a name under `principals`, a principal of another stack as `stack.name`, or a principal in place. */
export const principalReference = z.union([reference, inlinePrincipal]).meta({
  id: 'PrincipalReference',
  title: 'a principal',
  description: 'A name under `principals`, `stack.name` for one that another stack creates, or a principal in place.',
});

/** The value of an entry of the top-level `principals`. */
export const namedPrincipal = z
  .union([
    existingRole,
    existingUser,
    account,
    organization,
    orgUnit,
    service,
    federated,
    anyone,
    byArn,
    z.strictObject({
      anyOf: z.array(principalReference).min(1, { error: 'anyOf needs at least one principal' }).meta({
        description: 'All of these principals.',
      }),
    }),
  ])
  .meta({ id: 'NamedPrincipal', title: 'a principal', description: 'Someone who can be named in this project.' });

const physicalName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, { error: 'an IAM name has 1 to 64 letters, digits or + = , . @ - _' })
  .optional()
  .meta({ description: 'The name in IAM. By default the tool chooses one, unless another account has to know it.' });

/** The value of an entry of a stack's `principals`: something that the stack creates. */
export const createdPrincipal = z
  .union([
    z.strictObject({
      role: z
        .strictObject({
          assumedBy: oneOrMany(z.union([serviceHost, principalReference])).meta({
            description:
              'Who may assume the role: a service host (`lambda.amazonaws.com`), a name under `principals`, a principal in place, or a list of them.',
          }),
          when: conditions
            .optional()
            .meta({ description: 'Only under these conditions, such as the `sub` of an OIDC token.' }),
          description: z.string().max(1000, { error: 'a role description has 1,000 characters at most' }).optional(),
          name: physicalName,
          tags: tags.optional(),
        })
        .meta({ description: 'A role that this stack creates.' }),
      names: names.optional(),
    }),
    z.strictObject({
      user: z
        .strictObject({ name: physicalName, tags: tags.optional() })
        .meta({ description: 'A user that this stack creates.' }),
      names: names.optional(),
    }),
    z.strictObject({
      group: z.strictObject({ name: physicalName }).meta({ description: 'A group that this stack creates.' }),
      names: names.optional(),
    }),
  ])
  .meta({ id: 'CreatedPrincipal', title: 'a role, user or group to create' });

export const namedPrincipals = z.record(name, namedPrincipal);
export const createdPrincipals = z.record(name, createdPrincipal);

export type InlinePrincipal = z.infer<typeof inlinePrincipal>;
export type PrincipalReference = z.infer<typeof principalReference>;
export type NamedPrincipal = z.infer<typeof namedPrincipal>;
export type CreatedPrincipal = z.infer<typeof createdPrincipal>;
