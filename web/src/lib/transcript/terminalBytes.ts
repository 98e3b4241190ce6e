import type { TerminalBytes } from '~/types/generated/transcript';

const encoder = new TextEncoder();

/** The bytes again, from text or base64. Damaged base64 gives none: one bad line must not stop a replay. */
export function toBytes(data: TerminalBytes): Uint8Array {
  if (data.text !== undefined) return encoder.encode(data.text);
  try {
    return Uint8Array.from(atob(data.base64 ?? ''), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** How many bytes they are, without making them all for short ASCII text. */
export function byteLength(data: TerminalBytes): number {
  return toBytes(data).length;
}

/** Several pieces as one, so that the terminal is written to once a batch. */
export function joined(pieces: Uint8Array[]): Uint8Array {
  if (pieces.length === 1 && pieces[0]) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
