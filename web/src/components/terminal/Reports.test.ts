import { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { Reports } from './Reports';

const QUERIES = '\u001b[6n\u001b[?6n\u001b[5n\u001b[c\u001b[>c\u001b[?25$p\u001b[4$p\u001bP$qm\u001b\\\u001b]10;?\u0007\u001b]4;1;?\u0007';

async function answers(muted: boolean): Promise<string> {
  const terminal = new Terminal({ allowProposedApi: true });
  const reports = new Reports(terminal);
  reports.muted = muted;
  let sent = '';
  terminal.onData((data) => (sent += data));
  await new Promise<void>((done) => terminal.write(QUERIES, done));
  terminal.dispose();
  return sent;
}

test('Questions of a program are answered, but not while muted', async () => {
  expect((await answers(false)).length).toBeGreaterThan(20);
  expect(await answers(true)).toBe('');
});
