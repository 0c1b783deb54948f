import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  fileIsFolder,
  fileMissing,
  fileNotText,
  fileOutside,
  fileTooLarge,
  fileUnreadable,
} from '../diagnostics/source.ts';
import type { Span } from '../source/span.ts';
import type { FileReading } from './host.ts';

/** Reports a file that could not be read as text; `asked` is the span that names it, if any. */
export function readingProblem(
  path: string,
  reading: Exclude<FileReading, { kind: 'text' }>,
  asked: Span | undefined,
): Diagnostic {
  switch (reading.kind) {
    case 'missing':
      return report(fileMissing, asked, { path });
    case 'directory':
      return report(fileIsFolder, asked, { path });
    case 'binary':
      return report(fileNotText, asked, { path });
    case 'tooLarge':
      return report(fileTooLarge, asked, { path, bytes: reading.bytes, limit: reading.limit });
    case 'outside':
      return report(fileOutside, asked, { path });
    case 'unreadable':
      return report(fileUnreadable, asked, { path, reason: reading.reason });
  }
}
