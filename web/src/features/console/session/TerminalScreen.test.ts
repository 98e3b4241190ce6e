import { expect, test } from 'vitest';
import type { TerminalParts } from '~/components/terminal/createTerminal';
import { events, OPENED, output } from '~/testing/events';
import { TerminalScreen, type Size } from './TerminalScreen';

/** A terminal that fits at 120 by 40 and does everything at once. */
function screen() {
  const did: string[] = [];
  const terminal = {
    cols: 80,
    rows: 24,
    options: { disableStdin: false },
    write: (bytes: Uint8Array, done?: () => void) => {
      if (bytes.length > 0) did.push(new TextDecoder().decode(bytes));
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
  const made = new TerminalScreen({ terminal, fit } as unknown as TerminalParts, (size) => sent.push(size));
  return { made, terminal, did, sent };
}

const SMALL = { type: 'terminal.resized', columns: 90, rows: 20 } as const;

test('What happened before is replayed in the sizes of its time, and fitted when it is live', () => {
  const { made, did, sent } = screen();
  made.show(events([OPENED, output('a'), SMALL, output('b')]), true, () => undefined);
  expect(did).toEqual(['100x30', 'a', '90x20', 'b', '120x40']);
  expect(sent).toEqual([{ columns: 120, rows: 40 }]);
});

test('Old queries are not answered: nothing goes in until the replay is over', () => {
  const { made, terminal } = screen();
  expect(terminal.options.disableStdin).toBe(true);
  made.show(events([OPENED, output('\u001b[6n')]), false, () => undefined);
  expect(terminal.options.disableStdin).toBe(true);
  made.show(events([output('b')], 3), true, () => undefined);
  expect(terminal.options.disableStdin).toBe(false);
});

test('A size that the pty has already is not sent', () => {
  const { made, sent } = screen();
  made.show(events([{ ...OPENED, columns: 120, rows: 40 }]), true, () => undefined);
  made.fit();
  expect(sent).toEqual([]);
});

test('Events count as shown when the terminal has written them', () => {
  const { made } = screen();
  let shown = 0;
  made.show(events([OPENED, output('a')]), true, () => shown++);
  expect(shown).toBe(1);
});
