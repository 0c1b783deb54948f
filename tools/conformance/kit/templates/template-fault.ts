import type { Fault } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';
import { isTemplate, type Template, templateFiles } from './templates.ts';

/** Returns a fault in the text of a template. It is planted in the first template that `edit` changes. */
export function textFault(name: string, edit: (text: string) => string): Fault {
  return {
    name,
    plant(subject) {
      for (const [path, text] of subject.files) {
        if (!path.endsWith('.template.yaml')) continue;
        const edited = edit(text);
        if (edited !== text) return withFile(subject, path, edited);
      }
      return undefined;
    },
  };
}

/** The parts of a template that may be changed. */
export type Draft = {
  -readonly [Section in Exclude<keyof Template, 'Description'>]: Record<string, Record<string, unknown>>;
};

/** Returns a fault in the content of a template, planted in its JSON form. `change` returns `false` if it cannot make the mistake. */
export function draftFault(name: string, change: (draft: Draft) => boolean): Fault {
  return {
    name,
    plant(subject) {
      for (const { path, text } of templateFiles(subject)) {
        if (!path.endsWith('.json')) continue;
        const draft = JSON.parse(text) as Draft; // the emitter wrote it, and its sections are maps of maps
        if (change(draft)) return withFile(subject, path, `${JSON.stringify(draft, undefined, 2)}\n`);
      }
      return undefined;
    },
  };
}

/** Returns a fault in the properties of the first resource of a type. `change` returns `false` if it cannot make the mistake. */
export function propertyFault(
  name: string,
  type: string,
  change: (properties: Record<string, unknown>) => boolean | undefined,
): Fault {
  return draftFault(name, ({ Resources }) => {
    for (const resource of Object.values(Resources ?? {})) {
      if (resource.Type !== type) continue;
      const properties = resource.Properties as Record<string, unknown>; // the emitter wrote it as a map
      if (change(properties) !== false) return true;
    }
    return false;
  });
}

function withFile(subject: Subject, path: string, content: string): Subject {
  if (!isTemplate(path)) throw new Error(`${path} is not a template`);
  return { ...subject, files: new Map(subject.files).set(path, content) };
}
