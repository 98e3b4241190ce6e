import { expect, test } from 'vitest';
import { cleanPaste, lineCount } from './paste';

test('A paste cannot end its own bracket or drive the terminal', () => {
  expect(cleanPaste('a\u001b[201~rm\u0003\tb\r\nc\u009b5n')).toBe('a[201~rm\tb\r\nc5n');
});

test.each([['select 1', 1], ['select 1;\n', 2], ['a\nb', 2], ['a\r\nb\r\nc\r\n', 3]])('%j is %d lines', (text, lines) => {
  expect(lineCount(text)).toBe(lines);
});
