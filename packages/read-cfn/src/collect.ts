import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { type Collector, createCollector } from '@keywright/core/diagnostics/result';
import type { Resource } from '@keywright/core/ir/program';
import type { LeftOut } from '@keywright/core/reading/reader';
import { Unknown } from '@keywright/core/reading/source-value';
import { nestedStack, policyStays } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import { createIdentityPolicyReader, isIdentityPolicy } from './identity-policies.ts';
import type { OpenTemplate } from './open-template.ts';
import type { LooseReplica } from './read-entry.ts';
import { allowsKms, canHavePolicies } from './serverless.ts';
import type { World } from './world.ts';

export interface ReadResource<Of = Resource> {
  readonly resource: Of;
  readonly entry: Entry;
  readonly from: OpenTemplate;
}

/** The resources that have been read so far. Later steps remove resources, and list them in `leftOut`. */
export interface Collection {
  readonly byTemplate: Map<OpenTemplate, readonly ReadResource[]>;
  readonly replicas: readonly ReadResource<LooseReplica>[];
  readonly collector: Collector;
  readonly leftOut: LeftOut[];
}

export function leftOutOf({ type, logicalId: address, span }: Entry): LeftOut {
  return { type, address, span };
}

/** Reads each resource of each template on its own. */
export function collect(world: World): Collection {
  const collector = createCollector();
  const leftOut: LeftOut[] = [];
  const replicas: ReadResource<LooseReplica>[] = [];
  const byTemplate = new Map<OpenTemplate, ReadResource[]>();
  for (const from of world.templates) {
    const ofTemplate: ReadResource[] = [];
    byTemplate.set(from, ofTemplate);
    collector.add(...from.problems);
    const identityPolicies = createIdentityPolicyReader(from);
    const isCreated = world.isCreated(from.template);
    for (const entry of from.entries) {
      if (entry.type === 'AWS::CDK::Metadata') continue;
      const isMade = isCreated === true ? from.isMade(entry) : isCreated;
      if (isMade === false) continue;
      const outcome = isIdentityPolicy(entry.type) ? identityPolicies.ofEntry(entry) : from.read(entry);
      const { resource, problems } = outcome;
      // A principal that stays in its template is not reported. A resource that refers to it names it by ARN, or is itself reported.
      const isOnlyReferredTo = /^AWS::IAM::(Role|User|Group)$/.test(entry.type);
      if (isMade instanceof Unknown) {
        if (!isOnlyReferredTo && (resource !== undefined || problems.length > 0))
          collector.add(
            report(unknownValue, entry.span, { resource: entry.logicalId, property: 'the condition', ...isMade }),
          );
        leftOut.push(leftOutOf(entry));
        continue;
      }
      if (!isOnlyReferredTo) collector.add(...problems);
      const createsStack = /^AWS::(CloudFormation::Stack(Set)?|Serverless::Application)$/.test(entry.type);
      if (createsStack && world.nestedStack(from.template, entry.logicalId) === undefined)
        collector.add(report(nestedStack, entry.span, { resource: entry.logicalId }));
      if (canHavePolicies(entry.type) && allowsKms(from.properties(entry, ['Policies']).seen('Policies')))
        collector.add(
          report(policyStays, entry.span, {
            resource: entry.logicalId,
            reason: 'AWS SAM creates the policy together with the role',
          }),
        );
      if (resource === undefined) leftOut.push(leftOutOf(entry));
      else if (resource.kind === 'looseReplica') replicas.push({ resource, entry, from });
      else ofTemplate.push({ resource, entry, from });
      const inline = 'inline' in outcome ? outcome.inline : undefined;
      if (inline === undefined) continue;
      const [problem] = problems;
      if (problem !== undefined)
        collector.add(report(policyStays, entry.span, { resource: entry.logicalId, reason: problem.message }));
      if (resource?.kind === 'role' || resource?.kind === 'user' || resource?.kind === 'group')
        ofTemplate.push(
          ...identityPolicies.inline(entry, inline, resource).map((policy) => ({ resource: policy, entry, from })),
        );
    }
  }
  return { byTemplate, replicas, collector, leftOut };
}
