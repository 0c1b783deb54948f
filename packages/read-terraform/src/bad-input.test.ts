import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTerraform } from './read-terraform.ts';

const texts = [
  'read-terraform/states/team.tfstate',
  'read-terraform/states/team.show.json',
  'read-terraform/states/team.plan.json',
  'cli/variants/terraform/policies-known-after-apply/plan.json',
].map((path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
const read = (text: string) => readTerraform({ path: 'x.json', text });

describe('reading never throws', () => {
  test('for a truncated file, which is an error and is not read at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const trimmed = text.trimEnd();
        const { program, diagnostics } = read(trimmed.slice(0, Math.floor(part * (trimmed.length - 1))));
        expect(program.stacks).toEqual([]);
        expect(diagnostics).toMatchObject([{ code: expect.stringMatching(/^KW805[01]$/) }]);
      }),
    );
  });

  test('for a file in which any value is replaced', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.jsonValue(), (text, number, other) => {
        const content: unknown = JSON.parse(text);
        const places: (() => void)[] = [];
        const walk = (value: unknown): void => {
          if (typeof value !== 'object' || value === null) return;
          for (const key of Object.keys(value)) {
            places.push(() => {
              (value as Record<string, unknown>)[key] = other; // `key` is one of the object's own keys
            });
            walk((value as Record<string, unknown>)[key]);
          }
        };
        walk(content);
        places[number % places.length]?.();
        expect(() => read(JSON.stringify(content))).not.toThrow();
      }),
      { numRuns: 80 },
    );
  });

  test('for a file in which any character is replaced', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', '\0', 'x', '\ud800', ''),
        (text, part, character) => {
          const at = Math.floor(part * text.length);
          expect(() => read(text.slice(0, at) + character + text.slice(at + 1))).not.toThrow();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('for a key with an attribute of the wrong type: the key is left out if the attribute matters', () => {
    const attributes = ['policy', 'description', 'is_enabled', 'tags_all', 'rotation_period_in_days', 'multi_region'];
    for (const name of attributes) {
      const content = JSON.parse(texts[0] ?? '');
      const key = content.resources.find((each: { name: string }) => each.name === 'signing');
      key.instances[0].attributes[name] = [{}];
      const { program, diagnostics } = read(JSON.stringify(content));
      expect(hasErrors(diagnostics)).toBe(name !== 'rotation_period_in_days'); // the key does not rotate
      expect(program.stacks.some(({ resources }) => resources.some(({ id }) => id === 'key/signing'))).toBe(
        name === 'rotation_period_in_days',
      );
    }
  });
});
