export function thirdPartyNotices(metafile: object): string;
export function section(folder: string): string;
export function isAccepted(license: unknown): boolean;
