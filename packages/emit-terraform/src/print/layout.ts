interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** An assignment, and the line of the result where it is. */
interface Neighbour {
  readonly line: number;
  readonly indent: string;
  readonly assigned: Assignment;
}

/** A line, without its indentation and alignment. */
interface Line {
  /** The text of the line, without surrounding blanks. */
  readonly content: string;
  readonly opens: boolean;
  readonly closes: boolean;
  /** The assignment that ends on the line. */
  readonly assigned: Assignment | undefined;
  /** The end marker of the heredoc that starts on the line. */
  readonly terminator: string | undefined;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_.-]*|"(?:[^"\\]|\\.)*")[ \t]*=(?!=)[ \t]*(.*)$/u;
const heredoc = /<<-?([A-Za-z_][A-Za-z0-9_-]*)$/;

/**
 * Formats HCL as `terraform fmt` does: indents by open brackets, and aligns the `=` of assignments on neighbouring lines. Removes repeated
 * blank lines, and blank lines at the start of a block. Changes only white space outside strings. Accepts only what Keywright's templates
 * and printers produce: no line opens or closes more than one group of brackets, and no line contains a tab.
 */
export function layOut(text: string): string {
  const lines: string[] = [];
  let neighbours: Neighbour[] = [];
  let depth = 0;
  let indent = '';
  let blank = false;
  let opened = true;
  let terminator: string | undefined;

  const align = () => {
    const width = neighbours.reduce((widest, { assigned }) => Math.max(widest, assigned.name.length), 0);
    for (const { line, indent, assigned } of neighbours) {
      lines[line] = `${indent}${assigned.name.padEnd(width)} = ${assigned.value}`;
    }
    neighbours = [];
  };

  const indentTo = (newDepth: number) => {
    depth = newDepth;
    indent = '  '.repeat(depth);
  };

  for (const raw of text.split('\n')) {
    if (terminator !== undefined) {
      lines.push(raw);
      if (raw.trim() === terminator) terminator = undefined;
      continue;
    }
    const line = readLine(raw);
    const { content, opens, closes, assigned } = line;
    if (content === '') {
      blank = !opened;
      continue;
    }
    if (closes) indentTo(Math.max(0, depth - 1));
    if (neighbours.length > 0 && (assigned === undefined || blank)) align();
    if (blank && !closes) lines.push('');
    if (assigned !== undefined) neighbours.push({ line: lines.length, indent, assigned });
    lines.push(assigned === undefined ? indent + content : '');
    if (opens) indentTo(depth + 1);
    opened = opens;
    blank = false;
    terminator = line.terminator;
  }
  if (neighbours.length > 0) align();
  return `${lines.join('\n')}\n`;
}

function readLine(raw: string): Line {
  const content = withoutMargins(raw);
  if (content.startsWith('#') || content.startsWith('//')) {
    return { content, opens: false, closes: false, assigned: undefined, terminator: undefined };
  }
  const opens = content !== '' && '{[('.includes(content.charAt(content.length - 1));
  const closes = content !== '' && '}])'.includes(content.charAt(0));
  const [, name, value] = opens ? [] : (assignment.exec(content) ?? []);
  return {
    content: opens ? openingLine(content) : content,
    opens,
    closes,
    assigned: name === undefined || value === undefined ? undefined : { name, value },
    terminator: content.includes('<<') ? heredoc.exec(content)?.[1] : undefined,
  };
}

/** Removes the blanks around a line. `trim` would also remove characters that are part of a comment. */
function withoutMargins(line: string): string {
  let start = 0;
  let end = line.length;
  while (line[start] === ' ' || line[start] === '\t') start += 1;
  while (end > start && ' \t\r'.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

/** `name = [` has one space on each side of the `=`, however neighbouring lines are aligned. */
function openingLine(content: string): string {
  const match = assignment.exec(content);
  return match === null ? content : `${match[1]} = ${match[2]}`;
}
