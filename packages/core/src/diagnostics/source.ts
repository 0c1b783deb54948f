/** KW0xxx: files and YAML. */
import { defineDiagnostic } from './diagnostic.ts';

export const fileMissing = defineDiagnostic<{ path: string }>({
  code: 'KW0001',
  title: 'A file that does not exist',
  message: ({ path }) => `there is no file \`${path}\``,
  help: ({ path }) =>
    path === 'keywright.yaml'
      ? 'name the folder of a project, or create one with `keywright init`'
      : 'correct the path; it is relative to the file that names it',
  explanation: `A project is the file \`keywright.yaml\` in a folder, with the files that it includes and the policy files that it
names. Paths are relative to the file that names them. A pattern that matches nothing is only a warning (KW2001).`,
  example: {
    wrong: `include: [teams/checkuot.yaml]`,
    right: `include: [teams/checkout.yaml]`,
  },
});

export const fileIsFolder = defineDiagnostic<{ path: string }>({
  code: 'KW0002',
  title: 'A folder where a file is expected',
  message: ({ path }) => `\`${path}\` is a folder`,
  help: ({ path }) => `name a file in it, or a pattern such as \`${path}/*.yaml\``,
  explanation: `\`include\` accepts files and patterns that match files. A folder alone does not say which of its files are meant, nor
whether files that are added later are meant too.`,
  example: {
    wrong: `include: [teams]`,
    right: `include: ["teams/*.yaml"]`,
  },
});

export const fileNotText = defineDiagnostic<{ path: string }>({
  code: 'KW0003',
  title: 'A file that is not text',
  message: ({ path }) => `\`${path}\` is not UTF-8 text`,
  help: () => 'save it as UTF-8, or name another file',
  explanation: `Files of a project are UTF-8 text, as YAML 1.2 requires. A file with a NUL character or an invalid UTF-8 sequence is
treated as binary. Source: YAML 1.2.2, 5.2 "Character encodings".`,
});

export const fileTooLarge = defineDiagnostic<{ path: string; bytes: number; limit: number }>({
  code: 'KW0004',
  title: 'A file that is too large',
  message: ({ path, bytes, limit }) => `\`${path}\` is ${bytes} bytes long; the limit is ${limit}`,
  help: () => 'split it with `include`, or name the right file',
  explanation: `A project of 10,000 keys is about 2 MB. A much larger file is usually not the intended one, and a build should not run
out of memory because of it.`,
});

export const fileOutside = defineDiagnostic<{ path: string }>({
  code: 'KW0005',
  title: 'A file outside the project',
  message: ({ path }) => `\`${path}\` is outside the folder of keywright.yaml`,
  help: () => 'move it into the project',
  explanation: `A project reads only what is in its own folder, so that what it generates depends on nothing else. A symbolic link that
leads out of the folder counts as outside. See docs/language.md.`,
  example: {
    wrong: `include: [../shared/keys.yaml]`,
    right: `include: [shared/keys.yaml]`,
  },
});

export const fileUnreadable = defineDiagnostic<{ path: string; reason: string }>({
  code: 'KW0006',
  title: 'A file that cannot be read',
  message: ({ path, reason }) => `\`${path}\` cannot be read: ${reason}`,
  help: () => 'make it readable',
  explanation: `The operating system refused to read the file; the message gives its reason. Usually a read permission is missing.`,
});

export const badYaml = defineDiagnostic<{ reason: string; advice: string }>({
  code: 'KW0010',
  title: 'Text that is not YAML',
  message: ({ reason }) => reason,
  help: ({ advice }) => advice,
  explanation: `Files of a project are YAML 1.2. If the mistake can be found, such as a quotation mark or a bracket that is not
closed, the message points to it. Otherwise it points to where reading stopped, and the mistake is there or on an earlier line. Common
mistakes are a \`: \` or \` #\` inside text without quotes, a tab, and a bracket that is not closed. Source: YAML 1.2.2.`,
  example: {
    wrong: `description: Orders: all of them`,
    right: `description: "Orders: all of them"`,
  },
});

export const duplicateKey = defineDiagnostic<{ key: string }>({
  code: 'KW0011',
  title: 'A YAML key that appears twice in a mapping',
  message: ({ key }) => `\`${key}\` appears twice in this mapping`,
  help: () => 'remove one of them, or put both values into one list',
  explanation: `A mapping in YAML cannot have the same YAML key twice. Many parsers silently take the last value, which could mean a
different alias or key policy. Source: YAML 1.2.2, 3.2.1.1 "Nodes".`,
  example: {
    wrong: `keys:
  orders:
    aliases: [orders]
    description: Encrypts order records
    aliases: [payments/orders]`,
    right: `keys:
  orders:
    aliases: [orders, payments/orders]
    description: Encrypts order records`,
  },
});

export const customTag = defineDiagnostic<{ tag: string; isForeign: boolean }>({
  code: 'KW0012',
  title: 'A custom tag',
  message: ({ tag }) => `the tag \`${tag}\` is not allowed`,
  help: ({ isForeign }) =>
    isForeign === true
      ? 'run the tool that this tag belongs to, and give Keywright its output'
      : 'write plain YAML: `${account}`, `${region}`, `${partition}` and `${dnsSuffix}` for pseudo parameters in `!Ref` and `!Sub`, and the value itself for anything else',
  explanation: `The language is plain YAML without tags, so that every YAML tool can read it. CloudFormation's intrinsic functions are
not part of it. \`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\` take the place of pseudo parameters, and mean
the same in every target. See docs/language.md.`,
  example: {
    wrong: `description: !Sub "Orders in \${AWS::Region}"`,
    right: `description: Orders in \${region}`,
  },
});

export const severalDocuments = defineDiagnostic({
  code: 'KW0013',
  title: 'Several documents in a file',
  message: () => 'a second YAML document starts here',
  help: () => 'remove the `---`, or put the second document into a separate file and include it',
  explanation: `A file of a project is one YAML document. A second document would be a second file without a name. See docs/language.md.`,
  example: {
    wrong: `keywright: 1
app: payments
---
stacks:
  security: {}`,
    right: `keywright: 1
app: payments
stacks:
  security: {}`,
  },
});

export const unknownAnchor = defineDiagnostic<{ anchor: string }>({
  code: 'KW0014',
  title: 'A YAML alias without an anchor',
  message: ({ anchor }) => `there is no anchor \`&${anchor}\` before this`,
  help: ({ anchor }) =>
    `define it with \`&${anchor}\` in this file; for the text itself write \`"*${anchor}"\` in quotes`,
  explanation: `In YAML, \`*name\` repeats what was marked with \`&name\` before, so an unquoted \`*\` at the start of a value is never
text.
Source: YAML 1.2.2, 7.1 "Alias nodes".`,
  example: {
    wrong: `statements:
  - principals: keyAdmins
    actions: *list`,
    right: `statements:
  - principals: keyAdmins
    actions: "kms:List*"`,
  },
});

export const recursiveAnchor = defineDiagnostic<{ anchor: string }>({
  code: 'KW0015',
  title: 'An anchor that contains itself',
  message: ({ anchor }) => `\`*${anchor}\` is inside \`&${anchor}\` itself`,
  help: ({ anchor }) => `remove \`*${anchor}\``,
  explanation: `A value that contains itself has no end. YAML can describe such a value, but a project cannot contain one.`,
  example: {
    wrong: `tags: &all
  team: payments
  more: *all`,
    right: `tags:
  team: payments`,
  },
});

export const tooManyValues = defineDiagnostic<{ limit: number }>({
  code: 'KW0016',
  title: 'A file that expands without bounds',
  message: ({ limit }) => `with all YAML aliases and merge keys expanded, the file has more than ${limit} values`,
  help: () => 'use fewer nested YAML aliases, or split the file with `include`',
  explanation: `If each anchor repeats the one before it many times, a few lines of YAML stand for billions of values ("billion
laughs"). Reading stops before they fill the memory.`,
});

export const complexKey = defineDiagnostic({
  code: 'KW0017',
  title: 'A YAML key that is not text',
  message: () => 'a mapping or a list cannot be a YAML key',
  help: () => 'put it in quotes: a value that starts with `{` or `[` is a mapping or a list in YAML',
  explanation: `The YAML keys of a mapping are text, but YAML reads braces as a mapping and brackets as a list. A YAML key in braces is
usually a placeholder of a template language that nobody filled in.`,
  example: {
    wrong: `tags:
  { team }: payments`,
    right: `tags:
  team: payments`,
  },
});

export const badMerge = defineDiagnostic({
  code: 'KW0018',
  title: 'A merge key without a mapping',
  message: () => '`<<` merges mappings, and this is not a mapping',
  help: () => 'give `<<` a YAML alias of a mapping, as in `<<: *name`, or a list of such aliases',
  explanation: `The merge key \`<<\` adds the entries of another mapping to this one. If both mappings have the same YAML key, the value in
this mapping wins. The value of \`<<\` is a YAML alias of a mapping, or a list of such aliases. A \`standard\` works
differently: the lists and tags of a key are added to those of its standard instead of replacing them.
Source: "Merge Key Language-Independent Type for YAML".`,
  example: {
    wrong: `keys:
  orders:
    <<: house`,
    right: `keys:
  orders: &house
    rotation: true
  archive:
    <<: *house`,
  },
});

export const moreProblems = defineDiagnostic({
  code: 'KW0019',
  title: 'More problems than are listed',
  message: () => 'this file has more problems than are listed',
  help: () => 'fix the listed problems first; so many problems are usually one mistake, repeated',
  explanation: 'At most a thousand problems are listed for one file, so that a wrong file does not flood a log.',
});

export const halfCharacter = defineDiagnostic<{ half: string }>({
  code: 'KW0021',
  title: 'Half a character',
  message: ({ half }) => `this text has an unpaired surrogate, \`\\u${half}\`, which is half a character`,
  help: () => 'write the whole character, or both of its halves: `\\ud83d\\ude00`',
  explanation: `YAML and JSON can write a character beyond U+FFFF as two escapes, the halves of a surrogate pair. One of them alone is not a
character: no UTF-8 file can contain it, and each target would print it differently.`,
  example: {
    wrong: `keys:
  orders: { description: "Orders \\ud83d" }`,
    right: `keys:
  orders: { description: "Orders \\ud83d\\ude00" }`,
  },
});

export const longChain = defineDiagnostic<{ what: string; most: number }>({
  code: 'KW0022',
  title: 'A chain of standards, groups or key sets that is too long',
  message: ({ what, most }) => `this is the end of a chain of more than ${most} ${what}`,
  help: () => 'shorten the chain: merge several standards, groups or key sets into one',
  explanation: `A standard can build on a second standard, the second on a third, and so on. Groups and key sets can contain each other
in the same way. Nobody can follow a chain of hundreds, and each key that uses the chain takes time proportional to the chain's length.`,
});

export const unusableKey = defineDiagnostic<{ key: string }>({
  code: 'KW0020',
  title: 'A YAML key that cannot be used',
  message: ({ key }) => `\`${key}\` cannot be a YAML key`,
  help: () => 'choose another name',
  explanation: `JavaScript gives \`__proto__\` a meaning of its own. Programs that read a project or its output could
mistake it for something other than a name.`,
});
