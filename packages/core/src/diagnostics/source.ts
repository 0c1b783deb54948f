/** KW0xxx: files and YAML. */
import { defineDiagnostic } from './diagnostic.ts';

export const fileMissing = defineDiagnostic<{ path: string }>({
  code: 'KW0001',
  severity: 'error',
  title: 'A file that does not exist',
  message: ({ path }) => `there is no file \`${path}\``,
  help: ({ path }) =>
    path === 'keywright.yaml'
      ? 'name the folder of a project, or make one with `keywright init`'
      : 'correct the path; it is relative to the file that names it',
  explanation:
    'A project is the file `keywright.yaml` in a folder, with the files that it includes and the policy files that it names.',
});

export const fileIsFolder = defineDiagnostic<{ path: string }>({
  code: 'KW0002',
  severity: 'error',
  title: 'A folder where a file is expected',
  message: ({ path }) => `\`${path}\` is a folder`,
  help: ({ path }) => `name a file in it, or a pattern such as \`${path}/*.yaml\``,
  explanation: '`include` takes files and patterns that match files.',
});

export const fileNotText = defineDiagnostic<{ path: string }>({
  code: 'KW0003',
  severity: 'error',
  title: 'A file that is no text',
  message: ({ path }) => `\`${path}\` is not UTF-8 text`,
  help: () => 'save it as UTF-8, or name another file',
  explanation:
    'Files of a project are UTF-8 text. A file with a NUL character or an invalid UTF-8 sequence is taken for a binary one.',
});

export const fileTooLarge = defineDiagnostic<{ path: string; bytes: number; limit: number }>({
  code: 'KW0004',
  severity: 'error',
  title: 'A file that is too large',
  message: ({ path, bytes, limit }) => `\`${path}\` has ${bytes} bytes; ${limit} are read at most`,
  help: () => 'split it with `include`, or name the right file',
  explanation: 'A project of 10,000 keys has about 2 MB. A much larger file is most often not the file that was meant.',
});

export const fileOutside = defineDiagnostic<{ path: string }>({
  code: 'KW0005',
  severity: 'error',
  title: 'A file outside the project',
  message: ({ path }) => `\`${path}\` is outside the folder of keywright.yaml`,
  help: () => 'move it into the project',
  explanation: `A project reads only what is in its own folder, so that what it generates depends on nothing else. A symbolic link that leads
out of the folder counts as outside.`,
});

export const fileUnreadable = defineDiagnostic<{ path: string; reason: string }>({
  code: 'KW0006',
  severity: 'error',
  title: 'A file that cannot be read',
  message: ({ path, reason }) => `\`${path}\` cannot be read: ${reason}`,
  help: () => 'make it readable',
  explanation: 'The operating system refused to read the file.',
});

export const badYaml = defineDiagnostic<{ reason: string; advice: string }>({
  code: 'KW0010',
  severity: 'error',
  title: 'Text that is not YAML',
  message: ({ reason }) => reason,
  help: ({ advice }) => advice,
  explanation:
    'Files of a project are YAML 1.2. The place is where reading stopped: the mistake is there or on a line before.',
  example: { wrong: 'description: Orders: all of them', right: 'description: "Orders: all of them"' },
});

export const duplicateKey = defineDiagnostic<{ key: string }>({
  code: 'KW0011',
  severity: 'error',
  title: 'A key that stands twice in a mapping',
  message: ({ key }) => `\`${key}\` stands twice in this mapping`,
  help: () => 'remove one of them, or put both values into one list',
  explanation: 'YAML does not allow a key twice in a mapping; many readers silently take the last.',
});

export const customTag = defineDiagnostic<{ tag: string }>({
  code: 'KW0012',
  severity: 'error',
  title: 'A custom tag',
  message: ({ tag }) => `the tag \`${tag}\` is not allowed`,
  help: () => 'write plain YAML; `${account}` and the like take the place of `!Ref` and `!Sub`',
  explanation: 'The language is plain YAML without tags. Intrinsic functions of CloudFormation are not part of it.',
});

export const severalDocuments = defineDiagnostic({
  code: 'KW0013',
  severity: 'error',
  title: 'Several documents in a file',
  message: () => 'a second YAML document starts here',
  help: () => 'remove the `---`, or put the second document into a file of its own and include it',
  explanation: 'A file of a project is one YAML document.',
});

export const unknownAnchor = defineDiagnostic<{ anchor: string }>({
  code: 'KW0014',
  severity: 'error',
  title: 'An alias without an anchor',
  message: ({ anchor }) => `there is no anchor \`&${anchor}\` before this`,
  help: ({ anchor }) => `define it with \`&${anchor}\`; for the text itself write \`"*${anchor}"\` in quotes`,
  explanation:
    'In YAML `*name` repeats what was marked with `&name` before. An unquoted `*` at the start of a value is read so.',
  example: { wrong: 'actions: *', right: 'actions: "*"' },
});

export const recursiveAnchor = defineDiagnostic<{ anchor: string }>({
  code: 'KW0015',
  severity: 'error',
  title: 'An anchor that contains itself',
  message: ({ anchor }) => `\`*${anchor}\` stands inside \`&${anchor}\` itself`,
  help: () => 'remove it',
  explanation: 'A value that contains itself has no end.',
});

export const tooManyAliases = defineDiagnostic<{ limit: number }>({
  code: 'KW0016',
  severity: 'error',
  title: 'Aliases that grow out of bounds',
  message: ({ limit }) => `with all aliases and merge keys written out the file has more than ${limit} values`,
  help: () => 'use fewer nested aliases',
  explanation:
    'A few lines of YAML in which each anchor repeats the one before it many times stand for billions of values.',
});

export const complexKey = defineDiagnostic({
  code: 'KW0017',
  severity: 'error',
  title: 'A key that is no text',
  message: () => 'a key is a mapping or a list',
  help: () => 'put it in quotes: a value that starts with `{` or `[` is a mapping or a list in YAML',
  explanation: 'Keys of mappings are text.',
});

export const badMerge = defineDiagnostic({
  code: 'KW0018',
  severity: 'error',
  title: 'A merge key without a mapping',
  message: () => '`<<` merges mappings, and this is none',
  help: () => 'give it an alias of a mapping, `<<: *name`, or a list of them',
  explanation: 'The merge key `<<` puts the entries of another mapping into this one; entries that stand here win.',
});
