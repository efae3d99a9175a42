export async function printTasks(): Promise<void> {}
