/** The part of Nx's `Tree` that these generators use: the files of a workspace. Paths are relative to the workspace's root. */
export interface Tree {
  /** An absolute path. */
  readonly root: string;
  exists(path: string): boolean;
  read(path: string, encoding: 'utf8'): string | null;
  write(path: string, content: string): void;
}
