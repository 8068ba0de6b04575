// Work that is asked for more often than it can be done. Pure.

/** Runs `job` once more when it was asked for while it ran, and never twice at once. Settles when all is done. */
export function oneAtATime(job: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  async function run() {
    do {
      again = false;
      await job();
    } while (again);
    running = undefined;
  }
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
