/** The files of a workspace as a generator sees and changes them: the part of Nx's `Tree` that is used. Paths start at the root. */
export interface Tree {
  /** The root of the workspace, absolute. */
  readonly root: string;
  exists(path: string): boolean;
  read(path: string, encoding: 'utf8'): string | null;
  write(path: string, content: string): void;
}
