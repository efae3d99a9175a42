export function findChromium(env?: Record<string, string | undefined>): string | null;
export function requireChromium(say: (line: string) => void): Promise<string>;
