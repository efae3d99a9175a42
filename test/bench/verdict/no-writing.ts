export async function printNoWriting(): Promise<void> {}
