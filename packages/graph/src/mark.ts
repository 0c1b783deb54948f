/** Texts near the start of every drawing. `keywright graph` replaces files with such a text, and no other files. */
export const marks = {
  html: '<meta name="generator" content="keywright graph">',
  svg: '<!-- keywright graph -->',
  mermaid: '%% keywright graph',
} as const;

/** Whether `keywright graph` made this text. */
export function isDrawing(text: string): boolean {
  const start = text.slice(0, 1000).replaceAll('\r\n', '\n');
  return (
    (start.startsWith('<!doctype html>') && start.includes(marks.html)) ||
    (start.startsWith('<svg ') && start.includes(marks.svg)) ||
    start.startsWith(`flowchart LR\n  ${marks.mermaid}\n`)
  );
}
