import { report } from '@keywright/core/diagnostics/diagnostic';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { missingModule } from '../diagnostics.ts';
import { evaluate } from './evaluate.ts';
import { instances } from './instances.ts';
import { hasMark } from './marks.ts';
import { addressOf, headSpan, type ModuleInstance, type Placed, pathIn } from './module-context.ts';
import { blockNamed, type ModuleScope } from './module-values.ts';
import { passedOn } from './providers.ts';
import type { HclBlock } from './syntax.ts';
import { asText, type HclObject, type HclValue } from './value.ts';

/** The maximum depth of module calls. */
const deepest = 20;

export const initialise = 'run `terraform init` in the folder of the root module, and import it again';

/** Returns the value of a `module` block. `open` opens an instance of the called module and returns its outputs. */
export function calledModule(
  name: string,
  scope: ModuleScope,
  open: (instance: ModuleInstance) => HclObject,
): HclValue {
  const { context, instance } = scope;
  const placed = blockNamed(scope, 'module', name);
  if (placed === undefined) return new Unknown(`there is no module.${name}`, 'correct the module');
  const { attributes } = placed.part.body;
  const target = targetOf(name, placed, scope);
  if (!('folder' in target)) {
    reportMissing(name, placed, target, scope);
    return new Unknown(`module.${name} is not available`, readTheState);
  }
  return instances(placed.part, scope.scopeOf(placed.file), (index, inner) => {
    const module = addressOf(instance.module, 'module', name, index);
    context.calls.push(module);
    return open({
      folder: target.folder,
      module,
      given: (variable) => {
        const argument = isArgument(variable) ? attributes.get(variable) : undefined;
        return argument && evaluate(argument.value, inner);
      },
      path: [...instance.path, name],
      providers: passedOn(attributes.get('providers'), instance.providers, inner),
      calledAt: instance.calledAt ?? (target.isInstalled ? headSpan(placed) : undefined),
    });
  });
}

/** Whether an argument of a `module` block sets a variable. */
function isArgument(name: string): boolean {
  return !/^(source|version|count|for_each|providers|depends_on)$/.test(name);
}

/** Why a module cannot be read. `notInstalled` is the source of a module that `terraform init` would install. */
type MissingModule = { readonly notInstalled: string } | { readonly problem: string; readonly advice: string };

function targetOf(
  name: string,
  { part: { body }, file }: Placed<HclBlock>,
  { context, instance, scopeOf }: ModuleScope,
): { readonly folder: string; readonly isInstalled: boolean } | MissingModule {
  const argument = (attribute: string) => {
    const expression = body.attributes.get(attribute)?.value;
    return expression === undefined ? undefined : evaluate(expression, scopeOf(file));
  };
  const [source, version] = [argument('source'), argument('version')];
  if (typeof source !== 'string' || hasMark(source))
    return { problem: 'its source is unknown', advice: `write the source as plain text, or ${readTheState}` };
  if (instance.path.length === deepest)
    return { problem: `${deepest} modules call each other in a row`, advice: readTheState };
  if (!/^\.\.?([/\\]|$)/.test(source)) {
    const installed = context.installed.folderOf({ path: [...instance.path, name], source, version: asText(version) });
    if (installed === undefined) return { notInstalled: source };
    return 'problem' in installed
      ? { ...installed, advice: `${initialise}, or ${readTheState}` }
      : { ...installed, isInstalled: true };
  }
  const folder = pathIn(instance.folder, source.replaceAll('\\', '/'));
  if (context.files.in(folder).length > 0) return { folder, isInstalled: false };
  return { problem: `there is no module in ${folder}`, advice: `correct its source, or ${readTheState}` };
}

function reportMissing(
  name: string,
  placed: Placed<HclBlock>,
  missing: MissingModule,
  { context, instance }: ModuleScope,
): void {
  const span = instance.calledAt ?? headSpan(placed);
  const address = addressOf(instance.module, 'module', name);
  if ('notInstalled' in missing) context.notInstalled.push({ name: address, source: missing.notInstalled, span });
  else context.collector.add(report(missingModule, span, { name: address, ...missing }));
  context.leftOut.push({ type: 'module', address, span });
}
