import { createRenderer } from '@keywright/core/emit/templates';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partWith, sharedSettings } from './shared-settings.ts';
import { templates } from './templates.generated.ts';
import { type Settings, stackSettingsView } from './view/stack-settings.ts';

const generated = `# Made by Keywright.
config:
  aws:region: eu-west-1
  aws:allowedAccountIds:
    - "111122223333"
  demo:team: payments
`;
const names = ['aws:region', 'aws:allowedAccountIds', 'demo:team'];

test('all generated settings are owned by Keywright', () => {
  expect(sharedSettings.partIn(generated)).toEqual({ names, part: sharedSettings.partOf(generated, names) });
});

test('the generated part is known without parsing the settings', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );
  const value = fc.oneof(
    scalar,
    fc.array(scalar),
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(scalar, fc.array(scalar))),
  );
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]*:[A-Za-z0-9_.:-]+$/);
  fc.assert(
    fc.property(fc.dictionary(name, value), (values: Settings) => {
      const text = createRenderer('pulumi', templates, {}).render(
        'Pulumi.stack.yaml.hbs',
        stackSettingsView(values, 'Keywright'),
      );
      expect(partWith(values)).toEqual(sharedSettings.partIn(text));
    }),
  );
});

test.each([
  ['what was generated', generated],
  ['a salt at the top, as Pulumi writes it', `encryptionsalt: v1:abc=\n${generated}`],
  ['a salt at the end', `${generated}encryptionsalt: v1:abc=\n`],
  ['a secret among the settings', generated.replace('  demo:team', '  app:password:\n    secure: AAAB\n  demo:team')],
  ['settings of a team with comments', `${generated}  # ours\n  app:size: 3 # large\n\n# the end\n`],
  [
    'another order and other quotes',
    'config:\n  demo:team: "payments"\n  aws:allowedAccountIds:\n  - \'111122223333\'\n  "aws:region": eu-west-1\n',
  ],
])('a file with %s stays as it is', (_, text) => {
  expect(sharedSettings.merged(text, generated, names)).toBe(text);
});

test.each([
  [
    'an older value',
    'encryptionsalt: v1:abc=\nconfig:\n  app:size: 3 # large\n  demo:team: search\n  aws:region: eu-west-1\n  aws:allowedAccountIds:\n    - "111122223333"\n# end\n',
    'encryptionsalt: v1:abc=\nconfig:\n  app:size: 3 # large\n  demo:team: payments\n  aws:region: eu-west-1\n  aws:allowedAccountIds:\n    - "111122223333"\n# end\n',
  ],
  [
    'a setting that is no longer generated',
    `${generated}  demo:former:\n    - a\n  app:size: 3\n`,
    `${generated}  app:size: 3\n`,
  ],
  [
    'some of the settings',
    'config:\n  aws:region: eu-west-1\n  app:size: 3\nencryptionsalt: v1:abc=\n',
    'config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds:\n    - "111122223333"\n  demo:team: payments\n  app:size: 3\nencryptionsalt: v1:abc=\n',
  ],
  [
    'no settings',
    'encryptionsalt: v1:abc=\n',
    `encryptionsalt: v1:abc=\n${generated.slice(generated.indexOf('config'))}`,
  ],
  [
    'an empty mapping',
    'config: {}\nencryptionsalt: a\n',
    `${generated.slice(generated.indexOf('config'))}encryptionsalt: a\n`,
  ],
])('a file with %s gets what is missing', (_, text, merged) => {
  expect(sharedSettings.merged(text, generated, [...names, 'demo:former'])).toBe(merged);
  expect(sharedSettings.merged(merged, generated, names)).toBe(merged);
});

test.each([
  ['no YAML', 'config: ['],
  ['a list', '- a\n'],
  ['settings on one line', 'config: { aws:region: a }\n'],
  ['another indentation', 'config:\n    aws:region: a\n'],
  ['an anchor that another setting needs', 'config:\n  demo:team: &team search\n  app:team: *team\n'],
  ['a name twice', 'config:\n  aws:region: a\n  aws:region: b\n'],
  ['settings that are no mapping', 'config:\n  - a\n'],
  ['text over several lines that looks like settings', 'config:\n  app:text: "a\n  demo:team: search"\n'],
  ['two documents', `${generated}---\n${generated}`],
])('a file with %s is not taken apart', (_, text) => {
  expect(sharedSettings.merged(text, generated, names)).toBeUndefined();
});

test('an owned part is the same in any layout and beside any other settings', () => {
  const part = sharedSettings.partOf(generated, names);
  expect(
    sharedSettings.partOf(
      'encryptionsalt: a\nconfig: { demo:team: payments, "aws:region": "eu-west-1", x:y: 1, aws:allowedAccountIds: ["111122223333"] }\n',
      names,
    ),
  ).toBe(part);
  expect(sharedSettings.partOf(generated.replace('payments', 'search'), names)).not.toBe(part);
  expect(sharedSettings.partOf('config: [', names)).toBeUndefined();
});
