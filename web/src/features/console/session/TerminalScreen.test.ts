import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TerminalParts } from '~/components/terminal/createTerminal';
import { events, OPENED, output } from '~/testing/events';
import { TerminalScreen, type Size } from './TerminalScreen';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A terminal that fits at 120 by 40 and does everything at once. */
function screen() {
  const did: string[] = [];
  const terminal = {
    cols: 80,
    rows: 24,
    options: { disableStdin: false },
    write: (data: Uint8Array | string, done?: () => void) => {
      if (data.length > 0) did.push(typeof data === 'string' ? data : new TextDecoder().decode(data));
      done?.();
    },
    resize: (cols: number, rows: number) => {
      terminal.cols = cols;
      terminal.rows = rows;
      did.push(`${cols}x${rows}`);
    },
  };
  const fit = { fit: () => terminal.resize(120, 40) };
  const sent: Size[] = [];
  const reports = { muted: false };
  const made = new TerminalScreen({ terminal, fit, reports } as unknown as TerminalParts, (size) => sent.push(size));
  return { made, terminal, did, sent, reports };
}

const SMALL = { type: 'terminal.resized', columns: 90, rows: 20 } as const;

const nothing = () => undefined;

test('What happened before is replayed in the sizes of its time, and fitted when no more comes', () => {
  const { made, did, sent } = screen();
  made.show(events([OPENED, output('a'), SMALL]), nothing);
  vi.advanceTimersByTime(100);
  made.show(events([output('b')], 4), nothing);
  vi.advanceTimersByTime(100);
  expect(did).toEqual(['100x30', 'a', '90x20', 'b']);
  vi.advanceTimersByTime(100);
  expect(did.at(-1)).toBe('120x40');
  expect(sent).toEqual([{ columns: 120, rows: 40 }]);
});

test('Old queries are not answered until the replay is over, but keys go in at once', () => {
  const { made, terminal, reports } = screen();
  made.show(events([OPENED, output('\u001b[6n')]), nothing);
  expect([reports.muted, terminal.options.disableStdin]).toEqual([true, false]);
  vi.advanceTimersByTime(200);
  expect([reports.muted, terminal.options.disableStdin]).toEqual([false, false]);
});

test('A REPL that never falls silent gets its answers all the same', () => {
  const { made, reports } = screen();
  for (let n = 1; n < 50; n++) {
    made.show(events([output('y')], n), nothing);
    vi.advanceTimersByTime(100);
  }
  expect(reports.muted).toBe(false);
});

test('Before there is a prompt nothing can be typed', () => {
  const { made, terminal } = screen();
  made.show(events([OPENED]), nothing);
  vi.advanceTimersByTime(5000);
  expect(terminal.options.disableStdin).toBe(true);
  made.show(events([output('=> ')], 2), nothing);
  expect(terminal.options.disableStdin).toBe(false);
});

test('After the end nothing can be typed, and no size is sent', () => {
  const { made, terminal, sent } = screen();
  made.show(events([OPENED, output('=> ')]), nothing);
  made.stop();
  vi.advanceTimersByTime(5000);
  expect(terminal.options.disableStdin).toBe(true);
  expect(sent).toEqual([]);
});

test('A size that the pty has already is not sent', () => {
  const { made, sent } = screen();
  made.show(events([{ ...OPENED, columns: 120, rows: 40 }]), nothing);
  vi.advanceTimersByTime(200);
  made.fit();
  expect(sent).toEqual([]);
});

test('Events count as shown when the terminal has written them', () => {
  const { made } = screen();
  let shown = 0;
  made.show(events([OPENED, output('a')]), () => shown++);
  expect(shown).toBe(1);
});
