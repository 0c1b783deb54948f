/** For the test of what it compiles to. */
export function compileTemplates(sources: Readonly<Record<string, string>>): string;
