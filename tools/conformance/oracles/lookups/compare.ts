import type { Call, Due, Problem, Run, Seen } from './case.ts';
import { contextText, type Entry, entriesOf, nameOf } from './entry.ts';

/** Describes what is wrong with a run. Empty if nothing is. */
export function differences({ seen, due }: Run): readonly string[] {
  return [
    ...(due.ended.includes(seen.ended) ? [] : [`it ended with ${seen.ended}, not ${due.ended.join(' or ')}`]),
    ...(seen.stderr === '' ? [] : [`stderr has ${JSON.stringify(seen.stderr.slice(0, 2000))}`]),
    ...problemDifferences(seen.problems, due),
    ...fileDifferences(seen, due),
    ...seen.beside.flatMap((name) => (due.beside?.test(name) ? [] : [`it left ${name} in the project's folder`])),
    ...callDifferences(seen, due),
  ];
}

function problemDifferences(problems: readonly Problem[], { problems: due }: Due): readonly string[] {
  if (due === undefined) return [];
  const left = [...problems];
  const missing = due.filter(({ code, at, names }) => {
    const found = left.findIndex(
      (problem) => problem.code === code && problem.at === at && names.every((name) => problem.message.includes(name)),
    );
    if (found !== -1) left.splice(found, 1);
    return found === -1;
  });
  return [
    ...missing.map(({ code, at = 'no place', names }) => `it does not report ${code} at ${at}, ${names.join(', ')}`),
    ...left.map(({ code, at = 'no place', message }) => `it reports ${code} at ${at}: ${message}`),
  ];
}

function fileDifferences({ after }: Seen, { file }: Due): readonly string[] {
  if (file.kind === 'between') {
    const [old, made, entries] = [entriesOf(file.old), entriesOf(file.new), entriesOf(after)];
    if (entries === undefined) return [`the context file is broken: ${JSON.stringify(after?.slice(-60))}`];
    const known = new Set([...(old ?? []), ...(made ?? [])].map((entry) => JSON.stringify(entry)));
    const required = [...(old ?? []), ...(made ?? [])].map(nameOf);
    const kept = new Set(entriesOf(file.old)?.map(nameOf));
    const names = new Set(entries.map(nameOf));
    return [
      ...entries.flatMap((entry) => (known.has(JSON.stringify(entry)) ? [] : [`${nameOf(entry)} is made up`])),
      ...required.flatMap((name) => (kept.has(name) && !names.has(name) ? [`${name} is lost`] : [])),
      ...(after === undefined || after === contextText(entries) ? [] : ['the context file is laid out differently']),
    ];
  }
  if (file.texts.includes(after)) return [];
  const compared = file.texts.map((text) => textDifferences(after, text));
  // If several texts are possible, the difference from the closest one is the most informative.
  return compared.sort((one, other) => one.length - other.length)[0] ?? [];
}

function textDifferences(after: string | undefined, due: string | undefined): readonly string[] {
  if (after === undefined) return ['there is no context file'];
  if (due === undefined) return ['there is a context file'];
  const [found, wanted] = [entriesOf(after), entriesOf(due)];
  if (found === undefined) return [`the context file is broken: ${JSON.stringify(after.slice(-60))}`];
  const foundByName = new Map(found.map((entry) => [nameOf(entry), entry]));
  const wantedByName = new Map(wanted?.map((entry) => [nameOf(entry), entry]));
  const details = [...new Set([...wantedByName.keys(), ...foundByName.keys()])].flatMap((name) =>
    entryDifferences(name, foundByName.get(name), wantedByName.get(name)),
  );
  return details.length > 0 ? details : ['the context file is laid out differently'];
}

function entryDifferences(name: string, found: Entry | undefined, wanted: Entry | undefined): readonly string[] {
  if (found === undefined) return [`${name} is not in the context file`];
  if (wanted === undefined) return [`${name} is in the context file`];
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  return one === other ? [] : [`${name} is ${one}, not ${other}`];
}

/** The maximum number of places that are asked at the same time, and of calls to each. Source: docs/lookups.md, "Which calls are made". */
const mostPlaces = 6;
const mostOfAPlace = 5;

function callDifferences({ calls, atOnce }: Seen, { calls: due, never }: Due): readonly string[] {
  const forbidden = never === undefined ? [] : calls.filter((call) => never.what.test(shown(call)));
  const details = forbidden.map((call) => `${shown(call)}: ${never?.why}`);
  if (atOnce.place > mostOfAPlace) details.push(`${atOnce.place} calls at the same time in one place`);
  if (atOnce.all > mostPlaces * mostOfAPlace) details.push(`${atOnce.all} calls at the same time`);
  if (due === undefined) return details;
  for (const action of new Set([...Object.keys(due), ...calls.map(({ action }) => action)])) {
    const [fewest, most] = due[action] ?? [0, 0];
    const made = calls.filter((call) => call.action === action);
    const count = made.filter(({ troubled }) => !troubled).length;
    if (count < fewest) details.push(`${action} is called ${count} times, ${fewest} are the fewest`);
    if (count > most) details.push(`${action} is called ${count} times, ${most} are the most`);
  }
  return details;
}

function shown({ action, region, accessKeyId, about }: Call): string {
  return `${action} on ${about} in ${region} by ${accessKeyId}`;
}
