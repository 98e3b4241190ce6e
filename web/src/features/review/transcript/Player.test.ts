import { expect, test } from 'vitest';
import { recordingOf } from '~/lib/transcript/Recording';
import { ended, events, OPENED, output, statement } from '~/testing/events';
import { Player, type PlayerScreen } from './Player';

class FakeScreen implements PlayerScreen {
  shown = '';
  size = '';
  write(bytes: Uint8Array) {
    this.shown += new TextDecoder().decode(bytes);
  }
  resize(columns: number, rows: number) {
    this.size = `${columns}x${rows}`;
  }
  reset() {
    this.shown = '';
  }
}

/** Opened at 1 s, then a letter at 2, 3 and 63 s, a resize at 64, the end at 65. */
function play() {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 17, 0, second)).toISOString();
  const screen = new FakeScreen();
  const recording = recordingOf(
    events([
      { ...OPENED, at: at(1) },
      { ...output('a'), at: at(2) },
      { ...output('b'), at: at(3) },
      { ...output('c'), at: at(63) },
      { type: 'terminal.resized', columns: 80, rows: 24, at: at(64) },
      { ...ended, at: at(65) },
    ]),
  );
  return { screen, player: new Player(recording, screen), recording };
}

test('A seek shows the screen as it was, forwards and back', () => {
  const { screen, player } = play();
  expect(screen.size).toBe('100x30');
  player.seek(2500);
  expect(screen.shown).toBe('ab');
  player.seek(63_500);
  expect([screen.shown, screen.size]).toEqual(['abc', '80x24']);
  player.seek(1000);
  expect([screen.shown, screen.size]).toEqual(['a', '100x30']);
});

test('A recording that grows carries on the screen that stood at its end, and no other', () => {
  const first = events([OPENED, output('a')]);
  const longer = recordingOf([...first, ...events([output('b')], 3)]);
  const [atEnd, before] = [new FakeScreen(), new FakeScreen()];
  const following = new Player(recordingOf(first), atEnd);
  const waiting = new Player(recordingOf(first), before);
  following.seek(Infinity);
  following.extend(longer);
  waiting.extend(longer);
  expect([atEnd.shown, following.current().position]).toEqual(['ab', longer.length]);
  expect([before.shown, waiting.current().position]).toEqual(['', 0]);
  waiting.seek(longer.length);
  expect(before.shown).toBe('ab');
});

test('A seek beyond either end stays inside', () => {
  const { player, recording } = play();
  player.seek(1e9);
  expect(player.current().position).toBe(recording.length);
  player.seek(-5);
  expect(player.current().position).toBe(0);
});

test('Playing follows the clock at the chosen speed', () => {
  const { screen, player } = play();
  player.set({ speed: 2, skipIdle: false });
  player.toggle();
  player.tick(500);
  expect([player.current().position, screen.shown]).toEqual([1000, 'a']);
  player.tick(10_000);
  expect([player.current().position, screen.shown]).toEqual([21_000, 'ab']);
});

test('Idle time is skipped up to a beat before what follows', () => {
  const { screen, player } = play();
  player.seek(2000);
  player.toggle();
  player.tick(16);
  expect(player.current().position).toBe(62_000 - 300);
  player.tick(300);
  expect(screen.shown).toBe('abc');
});

test('At the end it stops, and play begins again', () => {
  const { screen, player, recording } = play();
  player.seek(recording.length - 10);
  player.toggle();
  player.tick(100);
  expect(player.current()).toMatchObject({ playing: false, position: recording.length });
  player.toggle();
  expect([player.current().position, screen.shown]).toEqual([0, '']);
});

test('Paused, the clock does nothing', () => {
  const { player } = play();
  player.tick(5000);
  expect(player.current().position).toBe(0);
});

test('Denied and failed statements are marks of the recording', () => {
  const recording = recordingOf(
    events([
      OPENED,
      ...statement(1, 'select 1', 'approved', { rows: 1 }),
      ...statement(2, 'insert', 'denied'),
      ...statement(3, 'select', 'approved', { rows: 0, sqlState: '57014' }),
    ]),
  );
  expect(recording.marks).toEqual([{ at: 4000, seen: 4000, kind: 'denied', title: 'denied' }, { at: 6000, seen: 6000, kind: 'failed', title: 'failed' }]);
});

test('Where typing without echo begins to be recorded is a mark, and other notices are none', () => {
  const told = 'Until 17:10:00 UTC all that is typed is recorded as text, passwords too.';
  const recording = recordingOf(
    events([
      OPENED,
      { type: 'session.noticed', code: 'hidden-input-recorded', sentence: told },
      ...statement(1, 'insert', 'denied'),
      { type: 'session.noticed', code: 'idle-limit-near', sentence: 'Soon.' },
    ]),
  );
  expect(recording.marks).toMatchObject([{ at: 1000, kind: 'unhidden', title: told }, { kind: 'denied' }]);
});

test('A jump to a statement leads to where its refusal stands on the screen', () => {
  const at = (millisecond: number) => new Date(Date.UTC(2026, 10, 23, 17, 0, 0, millisecond)).toISOString();
  const recording = recordingOf(
    events([
      { ...OPENED, at: at(0) },
      ...statement(1, 'insert', 'denied').map((told) => ({ ...told, at: at(100) })),
      { ...output('ERROR'), at: at(120) },
      { ...output('a later word'), at: at(900) },
    ]),
  );
  expect(recording.marks).toMatchObject([{ at: 100, seen: 120 }]);
});
