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

/** Reports a file that could not be read as text; `span` is where the file is named, if any. */
export function readingProblem(
  path: string,
  reading: Exclude<FileReading, { kind: 'text' }>,
  span: Span | undefined,
): Diagnostic {
  switch (reading.kind) {
    case 'missing':
      return report(fileMissing, span, { path });
    case 'directory':
      return report(fileIsFolder, span, { path });
    case 'binary':
      return report(fileNotText, span, { path });
    case 'tooLarge':
      return report(fileTooLarge, span, { path, bytes: reading.bytes, limit: reading.limit });
    case 'outside':
      return report(fileOutside, span, { path });
    case 'unreadable':
      return report(fileUnreadable, span, { path, reason: reading.reason });
  }
}
