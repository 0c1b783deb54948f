/**
 * Decides whether two snapshots are equal except for names that the service or the tool generated: ids of keys, names of principals.
 *
 * It is unknown which key of one account corresponds to which key of the other. So each generated name gets a colour, at first the same for
 * all names. Then, again and again, the colour of a name is derived from the positions where the name occurs (in which thing and where in
 * it), and the colour of a thing from its text, with colours in place of names. This ends when all names that differ in any respect have
 * different colours. The accounts are equal if their things have the same colours. Two keys that no alias, policy, tag or reference
 * distinguishes are interchangeable, so the order of creation is not needed to tell them apart.
 */
import { createHash } from 'node:crypto';
import type { Snapshot, Thing } from './snapshot.ts';

/** Returns what only one of two snapshots contains. Empty if the snapshots are equal. */
export function differences(
  names: readonly [string, string],
  snapshots: readonly [Snapshot, Snapshot],
): readonly string[] {
  const [left, right] = [coloured(snapshots[0]), coloured(snapshots[1])];
  const onlyLeft = without(left, right, ({ colour }) => colour);
  const onlyRight = without(right, left, ({ colour }) => colour);
  // A thing that refers to a differing thing has another colour as well. It is reported only if nothing else differs.
  const plainLeft = without(onlyLeft, onlyRight, ({ text }) => text);
  const plainRight = without(onlyRight, onlyLeft, ({ text }) => text);
  const news = plainLeft.length + plainRight.length > 0;
  return described(names, news ? plainLeft : onlyLeft, news ? plainRight : onlyRight);
}

/** Describes things that differ. If the ARN of a thing is in both snapshots, lists the properties that differ. */
function described(
  names: readonly [string, string],
  left: readonly ColouredThing[],
  right: readonly ColouredThing[],
): readonly string[] {
  const unpaired = [...right];
  const details = left.flatMap((thing) => {
    const index = unpaired.findIndex(({ known }) => known.get('arn') === thing.known.get('arn'));
    const [other] = index < 0 ? [] : unpaired.splice(index, 1);
    if (other === undefined) return [`only ${names[0]} has ${thing.text}`];
    const properties = [...new Set([...thing.known.keys(), ...other.known.keys()])].flatMap((property) => {
      const [mine, theirs] = [thing.known.get(property), other.known.get(property)];
      return mine === theirs ? [] : [`  ${property}: ${mine} (${names[0]}), ${theirs} (${names[1]})`];
    });
    if (properties.length === 0) properties.push('  what refers to it, or what it refers to');
    return [[`${thing.known.get('arn')} differs:`, ...properties].join('\n')];
  });
  return [...details, ...unpaired.map(({ text }) => `only ${names[1]} has ${text}`)];
}

interface ColouredThing {
  readonly colour: string;
  /** The text of the thing, with a placeholder in place of each generated name. */
  readonly text: string;
  /** The text of each property, with the same placeholders. */
  readonly known: ReadonlyMap<string, string>;
}

function without(
  list: readonly ColouredThing[],
  others: readonly ColouredThing[],
  of: (thing: ColouredThing) => string,
) {
  const left = new Map<string, number>();
  for (const other of others) left.set(of(other), (left.get(of(other)) ?? 0) + 1);
  return list.filter((thing) => {
    const count = left.get(of(thing)) ?? 0;
    left.set(of(thing), count - 1);
    return count <= 0;
  });
}

/** The text of a thing, split at generated names. There is one more piece than there are names. */
interface Cut {
  readonly pieces: readonly string[];
  readonly names: readonly string[];
}

function coloured({ things, madeUp }: Snapshot): readonly ColouredThing[] {
  const cuts = things.map((thing) => cut(canonical(thing), madeUp));
  let colours: ReadonlyMap<string, string> = new Map([...madeUp].map((name) => [name, '']));
  // Each round keeps or increases the number of colours, which cannot exceed the number of names.
  for (let distinct = 0; new Set(colours.values()).size > distinct; ) {
    distinct = new Set(colours.values()).size;
    colours = refined(cuts, colours);
  }
  const words = new Map(things.flatMap((thing) => wordsFor(thing, madeUp)));
  const inWords = (found: Cut) => filled(found, (name) => words.get(name) ?? 'made up');
  return things.map((thing, index) => {
    const found = cuts[index] ?? { pieces: [], names: [] };
    const known = Object.entries(thing).map(([name, value]) => [name, inWords(cut(canonical(value), madeUp))] as const);
    return { colour: filled(found, (name) => colours.get(name) ?? ''), text: inWords(found), known: new Map(known) };
  });
}

function refined(cuts: readonly Cut[], colours: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const places = new Map([...colours.keys()].map((name) => [name, [] as string[]]));
  for (const found of cuts) {
    const text = filled(found, (name) => colours.get(name) ?? '');
    for (const [position, name] of found.names.entries()) places.get(name)?.push(`${position} of ${text}`);
  }
  return new Map([...places].map(([name, where]) => [name, hash(where.sort().join('\n'))]));
}

function cut(text: string, madeUp: ReadonlySet<string>): Cut {
  if (madeUp.size === 0) return { pieces: [text], names: [] };
  // If a name is part of a longer name, the longer name is tried first.
  const longestFirst = [...madeUp].sort((one, other) => other.length - one.length).map(escaped);
  const parts = text.split(new RegExp(`(${longestFirst.join('|')})`));
  return { pieces: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) };
}

function filled({ pieces, names }: Cut, of: (name: string) => string): string {
  return pieces.map((piece, index) => piece + (index < names.length ? `<${of(names[index] ?? '')}>` : '')).join('');
}

/** Puts a generated name into words, such as `<key alias/orders>`. */
function wordsFor(thing: Thing, madeUp: ReadonlySet<string>): readonly (readonly [string, string])[] {
  if (thing.kind === 'parameter' || thing.kind === 'report') return [];
  const name = thing.arn.slice(thing.arn.lastIndexOf('/') + 1);
  if (!madeUp.has(name)) return [];
  const known = thing.kind === 'key' ? (thing.aliases[0] ?? thing.description) : Object.keys(thing.policies).join();
  return [[name, `${thing.kind} ${known}`]];
}

/**
 * Returns the same text for all spellings of a thing. Names are sorted, and a list of one element is written as the element, since AWS
 * treats both alike.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'nothing';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join()}}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w-]/g, '\\$&');
}
