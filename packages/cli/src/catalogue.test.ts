import { describe, expect, it } from 'vitest';
import { catalogue, pageOf } from './catalogue.ts';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

async function keywright(...argv: readonly string[]) {
  const io = fakeIo();
  return { code: await run(argv, io), out: io.out(), err: io.err() };
}

describe('the catalogue', () => {
  it('has each code once, in order', () => {
    const codes = catalogue.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const code of codes) expect(code).toMatch(/^KW\d{4}$/);
  });

  it.each(catalogue.map((entry) => [entry.code, entry] as const))(
    '%s has a page that stands by itself',
    (code, entry) => {
      const page = pageOf(entry);
      expect(page).toMatch(new RegExp(`^# ${code}: \\S`));
      expect(page).not.toMatch(/undefined|\[object|function/);
      expect(entry.explanation.trim()).not.toBe('');
      expect(entry.title).not.toMatch(/\.$|\n/);
    },
  );
});

describe('explain', () => {
  it('prints the page of a code, however it is written', async () => {
    const { code, out } = await keywright('explain', 'kw6003');
    expect(code).toBe(0);
    expect(out).toMatch(/^# KW6003: A generated file was edited by hand\n\nSeverity: error\.\n/);
  });

  it('lists all codes without one', async () => {
    expect((await keywright('explain')).out.split('\n')).toHaveLength(catalogue.length + 1);
  });

  it('suggests the code that was likely meant', async () => {
    const { code, out, err } = await keywright('explain', 'KW60003');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: there is no diagnostic "KW60003"; did you mean KW600\d\?\n$/);
    expect((await keywright('explain', 'xyzzy')).err).toContain('keywright explain lists them all');
  });
});
