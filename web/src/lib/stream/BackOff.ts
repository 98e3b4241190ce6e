/** Waits that grow from a quarter second to five, with some chance in them so that a thousand tabs do not come at once. */
export class BackOff {
  private failures = 0;
  private wake: (() => void) | null = null;

  constructor(private readonly random: () => number = Math.random) {}

  reset(): void {
    this.failures = 0;
  }

  /** Resolves after the wait, or at once when hurried. */
  wait(): Promise<void> {
    const longest = Math.min(5000, 250 * 2 ** this.failures);
    this.failures++;
    return new Promise((resolve) => {
      const timer = setTimeout(done, longest * (0.5 + this.random() / 2));
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.wake = done;
    });
  }

  /** The network is back or the tab woke: no reason to wait any longer. */
  hurry(): void {
    this.failures = 0;
    this.wake?.();
  }
}
