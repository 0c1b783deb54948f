import type { Fault } from '../../oracle.ts';

/** Returns a fault in the layout of the first file that has a matching name and that `edit` changes. */
export function layoutFault(name: string, file: RegExp, edit: (text: string) => string): Fault {
  return {
    name: `${name} in ${file.source.replaceAll(/[\\^$]/g, '')}`,
    plant(subject) {
      for (const [path, text] of subject.files) {
        const edited = file.test(path) ? edit(text) : text;
        if (edited !== text) return { ...subject, files: new Map(subject.files).set(path, edited) };
      }
      return undefined;
    },
  };
}
