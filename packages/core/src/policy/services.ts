import * as z from 'zod';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { serviceNeedsNoStatement, serviceNeedsOtherKey, unknownService } from '../diagnostics/policy.ts';
import { unknownRegion } from '../diagnostics/resolve.ts';
import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import { servicesCalled, servicesLike } from '../kms/services/called.ts';
import type { ServicePreset } from '../kms/services/preset.ts';
import { servicePresets } from '../kms/services/presets.ts';
import { grantForCaller, servicesWithoutStatement } from '../kms/services/without-statement.ts';
import type { ServiceDefinition } from '../language/key.ts';
import { validateStructure } from '../language/validate.ts';
import { type Located, retyped } from '../project/located.ts';
import type { KeyModel } from '../resolve/model.ts';
import { arnIsOfSomewhere } from '../resolve/places-exist.ts';
import type { Span } from '../source/span.ts';

/** The statements that the services of a key need, from the presets in `kms/services`. */
export function lowerServices(
  key: KeyModel,
  services: readonly Located<ServiceDefinition>[],
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): readonly Statement[] {
  return services.flatMap((service): readonly Statement[] => {
    const { value, span } = service;
    const name = typeof value === 'string' ? value : value.name;
    const preset = servicePresets.find((candidate) => candidate.name === name);
    if (preset === undefined) {
      diagnostics.push(withoutPreset(name, span));
      return [];
    }
    const { spec, usage } = key.traits;
    if (usage !== preset.requires.usage || !preset.requires.specs.includes(spec)) {
      const needed = `of ${preset.requires.specs.join(' or ')} × ${preset.requires.usage}`;
      const has = `${spec} × ${usage}`;
      diagnostics.push(report(serviceNeedsOtherKey, span, { service: name, needed, has, change: 'change the spec' }));
    }
    const { region } = key.place;
    const { region: only } = preset.requires;
    if (only !== undefined && region.kind === 'literal' && region.text !== only) {
      const change = `move the key to a stack in ${only}`;
      const has = `in ${region.text}`;
      diagnostics.push(report(serviceNeedsOtherKey, span, { service: name, needed: `in ${only}`, has, change }));
    }
    if (preset.requires.singleRegion && key.traits.multiRegion) {
      const needed = 'of a single region';
      const change = 'remove `multiRegion`';
      diagnostics.push(report(serviceNeedsOtherKey, span, { service: name, needed, has: 'multi-Region', change }));
    }
    const options = optionsOf(service, preset, diagnostics);
    if (options === undefined) return [];
    diagnostics.push(...optionsAreOfSomewhere(service, regions));
    return preset.statements(options, key.place).map(
      (statement): Statement => ({
        effect: 'Allow',
        resources: [literal('*')],
        ...statement,
        source: { span, through: `service ${name}` },
      }),
    );
  });
}

/** The problem with a name that no preset has: the service needs no statement, is called differently, or is unknown. */
function withoutPreset(name: string, span: Span): Diagnostic {
  const called = servicesCalled(name);
  const service = servicesWithoutStatement.find((candidate) => called.includes(candidate.name));
  if (service !== undefined) {
    const grant = grantForCaller(service, 'deployer');
    const acts = service.asRole ? 'as the role that it is given' : 'for its caller';
    return report(serviceNeedsNoStatement, span, { service: name, acts, caller: service.caller, grant });
  }
  const meant = called.length > 0 ? called : servicesLike(name);
  return report(unknownService, span, { service: name, meant });
}

/** The options beside the name, if they are what the preset takes; otherwise reported. */
function optionsOf(service: Located<ServiceDefinition>, preset: ServicePreset, diagnostics: Diagnostic[]) {
  if (typeof service.value === 'string') return {};
  const schema = preset.options.extend({ name: z.literal(preset.name) });
  const validated = validateStructure(schema, { ...service.file, value: service.value, place: service.span });
  diagnostics.push(...validated.diagnostics);
  return validated.value;
}

/** The problems with the ARNs and regions among the options beside the name. */
function optionsAreOfSomewhere(
  service: Located<ServiceDefinition>,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  if (typeof service.value === 'string') return [];
  return Object.entries(service.value).flatMap(([option, values]) =>
    [values].flat().flatMap((value) => {
      if (typeof value !== 'string') return [];
      const isRegion = option === 'regions' && value !== '*' && !regions.has(value);
      return isRegion
        ? [report(unknownRegion, service.span, { region: value, regions: [...regions] })]
        : arnIsOfSomewhere(retyped(service, value), regions);
    }),
  );
}
