/**
 * Waits until nothing is in progress any more. One step leads to the next a few turns of the event loop later, so several turns in a row
 * have to be quiet: turns rather than time, since a busy machine may run none in a given time.
 */
export async function settled(underWay: ReadonlySet<Promise<unknown>>): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    if (underWay.size > 0) quiet = 0;
    await Promise.allSettled(underWay);
    await new Promise((wake) => setTimeout(wake, 3));
  }
}
