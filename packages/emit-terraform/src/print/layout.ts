interface Assignment {
  readonly line: number;
  readonly indent: string;
  readonly name: string;
  readonly value: string;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_-]*|"(?:[^"\\]|\\.)*")[ \t]*=(?!=)[ \t]*(.*)$/u;
const heredoc = /<<-?([A-Za-z_][A-Za-z0-9_-]*)$/;

/**
 * Puts HCL into the form that `terraform fmt` gives it: indentation by open brackets, and the `=` of assignments on
 * neighbouring lines below each other. Blank lines at the start of a block and repeated ones go. Only white space
 * outside of strings changes. Expects what our templates and printers make: at most one group of brackets opened or
 * closed on a line, no tab inside of one.
 */
export function layOut(text: string): string {
  const lines: string[] = [];
  let neighbours: Assignment[] = [];
  let depth = 0;
  let blank = false;
  let opened = true;
  let terminator: string | undefined;

  const align = () => {
    const width = neighbours.reduce((widest, { name }) => Math.max(widest, name.length), 0);
    for (const { line, indent, name, value } of neighbours) lines[line] = `${indent}${name.padEnd(width)} = ${value}`;
    neighbours = [];
  };

  for (const raw of text.split('\n')) {
    if (terminator !== undefined) {
      lines.push(raw);
      if (raw.trim() === terminator) terminator = undefined;
      continue;
    }
    const content = withoutMargins(raw);
    if (content === '') {
      blank = !opened;
      continue;
    }
    const comment = content.startsWith('#') || content.startsWith('//');
    const closes = !comment && '}])'.includes(content.charAt(0));
    const opens = !comment && '{[('.includes(content.charAt(content.length - 1));
    if (closes) depth = Math.max(0, depth - 1);
    const found = comment || opens ? null : assignment.exec(content);
    if (neighbours.length > 0 && (found === null || blank)) align();
    if (blank && !closes) lines.push('');
    const indent = '  '.repeat(depth);
    if (found !== null) {
      const [, name = '', value = ''] = found;
      neighbours.push({ line: lines.length, indent, name, value });
    }
    lines.push(found === null ? indent + (opens ? openingLine(content) : content) : '');
    if (opens) depth += 1;
    opened = opens;
    blank = false;
    terminator = comment || !content.includes('<<') ? undefined : heredoc.exec(content)?.[1];
  }
  if (neighbours.length > 0) align();
  return `${lines.join('\n')}\n`;
}

/** A line without the blanks around it. `trim` would also take characters that are content at the end of a comment. */
function withoutMargins(line: string): string {
  let start = 0;
  let end = line.length;
  while (line[start] === ' ' || line[start] === '\t') start += 1;
  while (end > start && ' \t\r'.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

/** `name = [` has one space at each side of the `=`, whatever its neighbours have. */
function openingLine(content: string): string {
  const found = assignment.exec(content);
  return found === null ? content : `${found[1]} = ${found[2]}`;
}
