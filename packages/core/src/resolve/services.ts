import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { serviceNeedsNoStatement, unknownService } from '../diagnostics/policy.ts';
import { unknownRegion } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import { servicesCalled, servicesLike } from '../kms/services/called.ts';
import type { ServicePreset } from '../kms/services/preset.ts';
import { servicePresets } from '../kms/services/presets.ts';
import { grantForCaller, servicesWithoutStatement } from '../kms/services/without-statement.ts';
import type { ServiceDefinition } from '../language/key.ts';
import { validateStructure } from '../language/validate.ts';
import { type Located, retyped } from '../project/located.ts';
import * as z from '../schema/schema.ts';
import type { Span } from '../source/span.ts';
import { problemsOf } from './interpolate.ts';
import type { ServiceModel } from './model.ts';
import type { Place } from './place.ts';
import { arnIsOfSomewhere, isOfPartition, partitionOfArn } from './places-exist.ts';

/** The presets that the services of a key name, with their options. A service without a preset is reported and left out. */
export function resolveServices(
  services: readonly Located<ServiceDefinition>[],
  place: Place,
  regions: ReadonlySet<string>,
): Result<readonly ServiceModel[]> {
  const collector = createCollector();
  const resolved = services.flatMap((service): readonly ServiceModel[] => {
    const { value, span } = service;
    const name = typeof value === 'string' ? value : value.name;
    const preset = servicePresets.find((candidate) => candidate.name === name);
    if (preset === undefined) {
      collector.add(withoutPreset(name, span));
      return [];
    }
    const options = collector.take(optionsOf(service, preset));
    if (options !== undefined) collector.add(...optionsAreOfSomewhere(service, place, regions));
    return [{ preset, span, ...(options && { options }) }];
  });
  return collector.result(resolved);
}

/** Reports a name that no preset has: the service needs no statement, has another name, or is unknown. */
function withoutPreset(name: string, span: Span): Diagnostic {
  const serviceNames = servicesCalled(name);
  const service = servicesWithoutStatement.find((candidate) => serviceNames.includes(candidate.name));
  if (service !== undefined) {
    const grant = grantForCaller(service, 'deployer');
    const acts = service.asRole ? 'with the role that it is given' : 'for its caller';
    return report(serviceNeedsNoStatement, span, { service: name, acts, caller: service.caller, grant });
  }
  const intended = serviceNames.length > 0 ? serviceNames : servicesLike(name);
  return report(unknownService, span, { service: name, meant: intended });
}

function optionsOf(service: Located<ServiceDefinition>, preset: ServicePreset): Result<ServiceModel['options']> {
  if (typeof service.value === 'string') return { value: {}, diagnostics: [] };
  const schema = preset.options.extend({ name: z.literal(preset.name) });
  return validateStructure(schema, { ...service.file, value: service.value, span: service.span });
}

/** Checks the ARNs and regions in the options beside the name. Roles have to be in the partition of the key, like all principals. */
function optionsAreOfSomewhere(
  service: Located<ServiceDefinition>,
  place: Place,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  if (typeof service.value === 'string') return [];
  return Object.entries(service.value).flatMap(([option, values]) => {
    const check = (text: Located<string>) => {
      if (option === 'regions') return regionExists(text, regions);
      const partition = option === 'roles' ? partitionOfArn(literal(text.value)) : [];
      const ofOthers = partition.flatMap((of) => isOfPartition(text, 'principal', of, place.partition));
      return [...arnIsOfSomewhere(text, regions), ...ofOthers];
    };
    return [values]
      .flat()
      .flatMap((value) => (typeof value === 'string' ? problemsOf(retyped(service, value), place, check) : []));
  });
}

function regionExists({ value: region, span }: Located<string>, regions: ReadonlySet<string>): readonly Diagnostic[] {
  const isKnown = region === '*' || region.includes('${') || regions.has(region);
  return isKnown ? [] : [report(unknownRegion, span, { region, regions: [...regions] })];
}
