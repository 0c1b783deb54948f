/** The part of Nx's `Tree` that generators use here: a workspace's files. Paths are relative to the root. */
export interface Tree {
  /** The root of the workspace, absolute. */
  readonly root: string;
  exists(path: string): boolean;
  read(path: string, encoding: 'utf8'): string | null;
  write(path: string, content: string): void;
}
