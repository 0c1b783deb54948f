import { diagnosticAddress, withAddressesOfPages } from '@keywright/core/diagnostics/addresses';
import { nearest } from '@keywright/core/diagnostics/suggestion';
import { catalogue, pageOf } from '../catalogue.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';

/** Prints the page of a diagnostic and its address on the site. Without a code, lists all diagnostics. */
export async function explain(code: string | undefined, io: Io): Promise<ExitCode> {
  if (code === undefined) {
    const lines = catalogue.map((entry) => `${entry.code}  ${entry.severity.padEnd(7)}  ${entry.title}\n`);
    io.stdout.write(lines.join(''));
    return 0;
  }
  const upperCode = code.toUpperCase();
  const entry = catalogue.find((entry) => entry.code === upperCode);
  if (entry === undefined) {
    const near = nearest(
      upperCode,
      catalogue.map((entry) => entry.code),
    );
    const hint = near === undefined ? 'keywright explain lists them all' : `did you mean ${near}?`;
    return wrongUsage(io, `there is no diagnostic ${JSON.stringify(code)}; ${hint}`);
  }
  io.stdout.write(`${withAddressesOfPages(pageOf(entry))}\n${diagnosticAddress(upperCode)}\n`);
  return 0;
}
