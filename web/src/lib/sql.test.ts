import { expect, test } from 'vitest';
import { firstLine, sqlPieces } from './sql';

const kinds = (sql: string) => sqlPieces(sql).filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind}:${text}`);

test('Keywords, strings, numbers and comments are told apart', () => {
  expect(kinds("select 'it''s' from t where a = 4.2 -- why\n")).toEqual([
    'keyword:select', "string:'it''s'", 'keyword:from', 'keyword:where', 'number:4.2', 'comment:-- why',
  ]);
});

test('A keyword inside a string, a name in quotes or a comment is none', () => {
  expect(kinds('"select" /* from */ $$where$$')).toEqual(['comment:/* from */', 'string:$$where$$']);
});

test.each(["'open", '/* open', '$x$ open', '"open', 'é→🍮', ''])('Nothing of %j is lost', (sql) => {
  expect(sqlPieces(sql).map(({ text }) => text).join('')).toBe(sql);
});

test('The first line that says something is shown', () => {
  expect(firstLine('\n\n   select 1\nfrom t')).toBe('select 1');
});
