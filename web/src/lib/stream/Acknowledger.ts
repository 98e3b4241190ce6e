type Acknowledge = (number: number) => Promise<void>;

/** Tells the gateway what was shown: the newest number only, one call under way at a time, so that a flood costs few calls. */
export class Acknowledger {
  private newest = 0;
  private busy = false;
  private acknowledge: Acknowledge | null = null;

  /** The newest number that was sent. */
  sent = 0;

  connect(acknowledge: Acknowledge): void {
    this.acknowledge = acknowledge;
    this.busy = false;
    this.sent = 0;
    this.next();
  }

  disconnect(): void {
    this.acknowledge = null;
  }

  rendered(number: number): void {
    if (number <= this.newest) return;
    this.newest = number;
    this.next();
  }

  private next(): void {
    const { acknowledge } = this;
    if (!acknowledge || this.busy || this.sent >= this.newest) return;
    this.busy = true;
    this.sent = this.newest;
    const done = () => {
      if (this.acknowledge !== acknowledge) return;
      this.busy = false;
      this.next();
    };
    // A failed call belongs to a lost connection; the next one starts from the newest number.
    acknowledge(this.newest).then(done, done);
  }
}
