import { powerMonitor } from 'electron';

/**
 * Sleep and wake are noted: a run pauses meanwhile and continues by itself; where the graphics processor did not survive it,
 * the trainer continues with the next engine, from its last checkpoint.
 * @param onShutdown The system ends: no time for questions.
 */
export function watchPower(onShutdown: () => void): void {
  powerMonitor.on('suspend', () => console.log('The computer falls asleep.'));
  powerMonitor.on('resume', () => console.log('The computer is awake again.'));
  powerMonitor.on('shutdown', onShutdown);
}
