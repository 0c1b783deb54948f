/**
 * Waits until nothing is under way any more. What is done leads to what is next a few turns of the event loop later, so several turns in a
 * row have to be quiet: turns, since on a busy machine a span of time may have none.
 */
export async function settled(underWay: ReadonlySet<Promise<unknown>>): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    if (underWay.size > 0) quiet = 0;
    await Promise.allSettled(underWay);
    await new Promise((wake) => setTimeout(wake, 3));
  }
}
