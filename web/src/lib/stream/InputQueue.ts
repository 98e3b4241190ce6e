import { joined } from '~/lib/transcript/terminalBytes';

/** The hub takes at most 64 KiB at once. */
const LARGEST_PIECE = 32 * 1024;
/** What may wait in all: a paste of this size is let through, more is refused with a word. */
const LARGEST_WAITING = 4 * 1024 * 1024;
/** Pieces that were sent and not yet seen in the transcript; the oldest is forgotten beyond this. */
const MOST_EXPECTED = 256;

export type SendInput = (data: Uint8Array) => Promise<void>;

interface Piece {
  data: Uint8Array;
  /** The hub said that it is recorded and sent. */
  confirmed: boolean;
}

/**
 * Typed bytes on their way to the gateway: one piece under way at a time, so their order stays, and what is typed meanwhile goes
 * together as the next. When the connection breaks, what was not recorded is kept aside and never sent by itself: a command typed
 * into a dead terminal must not run a minute later unless its author says so.
 */
export class InputQueue {
  private waiting: Uint8Array[] = [];
  private waitingLength = 0;
  private underWay: Piece | null = null;
  private send: SendInput | null = null;
  /** Sent, in order, and not yet told of by the transcript. */
  private expected: Piece[] = [];
  /** The piece that was under way when the connection broke: the transcript will tell whether it arrived. */
  private uncertain: Piece | null = null;

  /** What a broken connection kept from being sent, or null. */
  unsent: Uint8Array | null = null;

  constructor(private readonly changed: () => void) {}

  connect(send: SendInput): void {
    this.send = send;
  }

  /** Takes bytes while connected. Returns false when they cannot be taken: no connection, unsent input undecided, or too much. */
  push(data: Uint8Array): boolean {
    if (!this.send || this.unsent || this.waitingLength + data.length > LARGEST_WAITING) return false;
    this.waiting.push(data);
    this.waitingLength += data.length;
    this.next();
    return true;
  }

  /** The connection is gone. What waited is unsent; of the piece under way the transcript will tell. */
  disconnect(): void {
    this.send = null;
    if (this.underWay) this.uncertain = this.underWay;
    this.putAside();
  }

  /** The transcript tells of recorded input: its bytes, or their number where the terminal's echo was off. */
  recorded(data: Uint8Array | number): void {
    const piece = this.expected[0];
    if (!piece || !startsWith(piece.data, data)) return;
    const length = typeof data === 'number' ? data : data.length;
    piece.data = piece.data.subarray(length);
    if (piece.data.length === 0) this.expected.shift();
    if (piece !== this.uncertain || !this.unsent) return;
    const rest = this.unsent.subarray(length);
    this.unsent = rest.length > 0 ? rest : null;
    if (piece.data.length === 0) this.uncertain = null;
    this.changed();
  }

  /** The author's word on the unsent input. */
  decide(sendIt: boolean): void {
    const data = this.unsent;
    if (!data || (sendIt && !this.send)) return;
    this.unsent = null;
    this.expected = this.expected.filter((piece) => piece !== this.uncertain);
    this.uncertain = null;
    if (sendIt) this.push(data);
    this.changed();
  }

  private next(): void {
    const { send } = this;
    if (!send || this.underWay || this.waitingLength === 0) return;
    const all = joined(this.waiting);
    const piece: Piece = { data: all.slice(0, LARGEST_PIECE), confirmed: false };
    this.waiting = all.length > LARGEST_PIECE ? [all.subarray(LARGEST_PIECE)] : [];
    this.waitingLength = all.length - piece.data.length;
    this.underWay = piece;
    this.expected = [...this.expected, piece].slice(-MOST_EXPECTED);
    send(piece.data.slice()).then(
      () => this.confirm(piece),
      () => this.refuse(piece, send),
    );
  }

  private confirm(piece: Piece): void {
    piece.confirmed = true;
    if (this.underWay !== piece) return;
    this.underWay = null;
    this.next();
  }

  /** Refused while the connection stands: nothing more is sent until the author decides. */
  private refuse(piece: Piece, send: SendInput): void {
    if (this.underWay !== piece || this.send !== send) return;
    this.uncertain = piece;
    this.putAside();
  }

  private putAside(): void {
    const pieces = [this.unsent, this.underWay?.data ?? null, ...this.waiting].filter((piece) => piece !== null && piece.length > 0);
    this.underWay = null;
    this.waiting = [];
    this.waitingLength = 0;
    this.unsent = pieces.length > 0 ? joined(pieces as Uint8Array[]) : null;
    this.changed();
  }
}

function startsWith(bytes: Uint8Array, start: Uint8Array | number): boolean {
  if (typeof start === 'number') return start <= bytes.length;
  return start.length <= bytes.length && start.every((byte, index) => bytes[index] === byte);
}
