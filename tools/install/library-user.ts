import { buildPicture, whoCan } from '@keywright/analyze';
import { compileProject, hasErrors, type ProjectHost } from '@keywright/core';
import { emitter, target } from '@keywright/emit-cfn';

const yaml = 'keywright: 1\napp: demo\nstacks: { s: { keys: { orders: { rotation: true } } } }\n';
const host: ProjectHost = {
  readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text: yaml } : { kind: 'missing' }),
  glob: () => [],
};
const { program, diagnostics } = compileProject(host, { targets: [target] });
if (program === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 2));

for (const stack of program.stacks) {
  const options = target.options.parse({});
  for (const file of emitter.emitStack(stack, { generator: 'my tool', options, templates: {} }).files)
    console.log(`${file.path}\n${file.content}`);
}
const picture = buildPicture(program);
for (const key of picture.keys)
  for (const { principal } of whoCan(picture, key, ['kms:Decrypt'])) console.log(`${principal.name}: ${key.name}`);
