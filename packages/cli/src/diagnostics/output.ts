/** KW6xxx: files that Keywright writes, and folders that it reads besides the YAML. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const leavesOutput = defineDiagnostic<{ path: string }>({
  code: 'KW6001',
  severity: 'error',
  title: 'A file would leave the output folder',
  message: ({ path }) => `${JSON.stringify(path)} would not be in the output folder on some systems`,
  help: () => 'give the stack another name; Windows reserves con, prn, aux, nul, com1, lpt1 and the like for devices',
  explanation: `Keywright writes below \`--out\` and nowhere else, whatever a stack is called. Names that could lead out
(\`..\`, an absolute path, a drive letter, a backslash) are refused before anything is written. So are the names of
devices, such as \`con\`: a repository with such a file cannot be checked out on Windows.`,
});

export const pathBlocked = defineDiagnostic<{ path: string; obstacle: string }>({
  code: 'KW6002',
  severity: 'error',
  title: 'Something is in the way of a generated file',
  message: ({ path, obstacle }) => `cannot write ${path}: ${obstacle}`,
  help: () => 'move what is there out of the way, or choose another folder with --out',
  explanation: `A folder, a symbolic link or a device is at the path of a generated file. Keywright does not follow symbolic links below
\`--out\`, because they can lead anywhere, and does not remove what it did not write. \`--force\` does not change this.`,
});

export const editedFile = defineDiagnostic<{ path: string; action: 'overwrite' | 'delete'; isShared: boolean }>({
  code: 'KW6003',
  severity: 'error',
  title: 'A generated file was edited by hand',
  message: ({ path, action }) => `will not ${action} ${path}: it was edited since Keywright wrote it`,
  help: ({ action, isShared }) => {
    if (isShared !== true)
      return 'move the change into keywright.yaml or a template of your own, or let --force discard it';
    return action === 'delete'
      ? 'copy everything in the file that is still needed and that Keywright did not write, such as secrets: no other file has it. Then let --force delete the file'
      : 'move the change into keywright.yaml or a template of your own, or let --force discard it. Whatever Keywright did not write stays in the file';
  },
  explanation: `\`keywright.manifest.json\` in the output folder keeps a checksum of every file that Keywright wrote. If a file no longer
matches its checksum, somebody changed the file, and the change would be lost. A build then writes nothing at all.
\`keywright build --check\` shows the difference.

People and Pulumi write to \`Pulumi.<environment>.yaml\` too, so in this file only a change to Keywright's own settings counts as an edit.
If the stack gets another name or folder, the other settings move along. If no stack has such a file any more, the other settings would be
lost.`,
});

export const foreignFile = defineDiagnostic<{ path: string; isShared: boolean }>({
  code: 'KW6004',
  severity: 'error',
  title: 'A file that Keywright did not write is in the way',
  message: ({ path }) => `will not overwrite ${path}: Keywright did not write it`,
  help: ({ isShared }) =>
    isShared === true
      ? 'use --force, which adds the generated settings to the file and keeps everything else in it; or move the file away, or choose another folder with --out'
      : 'move the file away, choose another folder with --out, or overwrite it with --force',
  explanation: `The file is not in \`keywright.manifest.json\`, the list of what Keywright wrote, and its content is not what would be
generated. If the content is already right, the build takes the file over silently. Commit the manifest together with the outputs: without
it, every output looks like somebody else's file as soon as the project changes.

\`Pulumi.<environment>.yaml\` may exist because somebody ran \`pulumi stack init\` before the first build. \`--force\` sets the generated
settings in it, and keeps its other settings, its secrets and \`encryptionsalt\`.`,
});

export const outOfDate = defineDiagnostic<{ path: string; state: 'differs' | 'missing' | 'extra' }>({
  code: 'KW6005',
  severity: 'error',
  title: 'An output that is out of date',
  message: ({ path, state }) => {
    switch (state) {
      case 'differs':
        return `${path} differs from what would be generated`;
      case 'missing':
        return `${path} would be generated but does not exist`;
      case 'extra':
        return `${path} is no longer generated`;
    }
  },
  help: () => 'run keywright build and commit what it writes',
  explanation: `\`keywright build --check\` compares the output folder with what the project would generate now, and writes nothing. In
CI, this proves that the committed CloudFormation, Terraform and Pulumi files match the committed YAML.`,
});

export const cannotWrite = defineDiagnostic<{ path: string; reason: string; advice: string }>({
  code: 'KW6006',
  severity: 'error',
  title: 'A file cannot be written',
  message: ({ path, reason }) => `cannot write ${path}: ${reason}`,
  help: ({ advice }) => advice,
  explanation: `The operating system refused. New content is first written to a temporary file and then moved into place, so every
file has either its old or its new content, and a second run carries on from there. Check the permissions and the free space, or name
another path.`,
});

export const manifestUnusable = defineDiagnostic<{ path: string; reason: string; cause?: 'conflict' | 'newer' }>({
  code: 'KW6007',
  severity: 'error',
  title: 'The manifest cannot be used',
  message: ({ path, reason }) => `cannot use ${path}: ${reason}`,
  help: ({ cause }) => {
    switch (cause) {
      case 'conflict':
        return 'take the whole folder from the branch that is deployed, and run keywright build';
      case 'newer':
        return 'update Keywright';
      default:
        return 'restore it from version control, or run keywright build --force, which writes a new manifest';
    }
  },
  explanation: `\`keywright.manifest.json\` lists what Keywright wrote, with checksums. Without it Keywright can neither tell a generated
file from an edited one, nor know which files are left over. With \`--force\`, a build writes a new manifest, and leaves files that are no
longer generated where they are.`,
});

export const sourceInTheWay = defineDiagnostic<{ path: string }>({
  code: 'KW6011',
  severity: 'error',
  title: 'A source of the project would be lost',
  message: ({ path }) => `will not overwrite or delete ${path}: the project reads it`,
  help: () => 'choose another folder with --out, or restore keywright.manifest.json from version control',
  explanation: `A file that the project reads is never an output, whatever the manifest lists. \`--force\` does not change this.`,
});

export const outLeadsAway = defineDiagnostic<{ path: string; leadsTo: string }>({
  code: 'KW6012',
  severity: 'error',
  title: 'An output folder that leads out of the project',
  message: ({ path, leadsTo }) =>
    `${path} is inside the project and leads through a link to ${leadsTo}, which is outside`,
  help: () => 'replace the link with a folder, or name the folder that it leads to with --out',
  explanation: `A link can come with a checkout and lead anywhere. Keywright writes and deletes outside the project only if the path that
\`--out\` gives is itself outside.`,
});

export const pathsCollide = defineDiagnostic<{ first: string; second: string }>({
  code: 'KW6008',
  severity: 'error',
  title: 'Two generated files have the same name',
  message: ({ first, second }) =>
    first === second
      ? `two stacks would both write ${first}`
      : `${first} and ${second} are the same file on systems that ignore the case of file names`,
  help: () => 'rename one of the two stacks',
  explanation: `macOS and Windows treat \`Orders\` and \`orders\` as the same name. A project that generates both could be checked out
there only in part.`,
});

export const templateFolderUnusable = defineDiagnostic<{ target: string; folder: string; reason: string }>({
  code: 'KW6009',
  severity: 'error',
  title: 'A folder of templates cannot be used',
  message: ({ target, folder, reason }) => `cannot use ${folder} as templates of ${target}: ${reason}`,
  help: ({ target }) =>
    `set targets.${target}.templates to a folder of *.hbs files, relative to the folder of keywright.yaml and inside it`,
  explanation: `A project can replace templates of a target with \`targets: { terraform: { templates: ./templates } }\`. The
folder has to be inside the project, so that a build depends on nothing else, and has to hold at least one \`*.hbs\` file.`,
});

export const contextFileUnreadable = defineDiagnostic<{ path: string; reason: string }>({
  code: 'KW6010',
  severity: 'error',
  title: 'A context file cannot be read',
  message: ({ path, reason }) => `cannot read ${path}: ${reason}`,
  help: () => 'name an existing text file',
  explanation: 'The command was asked to read a context file that is missing or is not text.',
});

export const nothingBuiltThere = defineDiagnostic<{ folder: string }>({
  code: 'KW6013',
  severity: 'note',
  title: 'An output folder without an inventory',
  message: ({ folder }) =>
    `${folder} has no inventory of the last build, so \`check\` cannot tell what the next build would lose`,
  help: () => 'name the folder that `keywright build --out` writes to; before the first build there is nothing to do',
  explanation: `\`check\` compares the project with the inventory of the last build, which is in the output folder, and reports what the
next build would lose. Without \`--out\`, the output folder is \`out\`, beside keywright.yaml. See docs/changes.md.`,
});
