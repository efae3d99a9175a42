export const ORDER: readonly string[];
export function refuseImport(fromFile: string, specifier: string, typeOnly: boolean): string | null;
