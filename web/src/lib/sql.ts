export type SqlKind = 'keyword' | 'string' | 'number' | 'comment' | 'plain';

export interface SqlPiece {
  kind: SqlKind;
  text: string;
}

const KEYWORDS = new Set(
  (
    'select from where and or not in is null as on join left right inner outer full cross lateral using group by having order limit offset ' +
    'distinct union all except intersect with recursive case when then else end between like ilike exists any some asc desc nulls first last ' +
    'insert into values update set delete truncate create table index view alter drop grant revoke begin commit rollback savepoint release ' +
    'transaction read only write explain analyze show fetch declare cursor for copy to returning true false over partition rows range filter ' +
    'within cast collate interval prepare execute deallocate do call lock vacuum reset default'
  ).split(' '),
);

const PIECE =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>[eE]?'(?:[^']|'')*(?:'|$)|(?<tag>\$\w*\$)[\s\S]*?(?:\k<tag>|$)|"(?:[^"]|"")*(?:"|$))|(?<number>\b\d+(?:\.\d+)?\b|\$\d+)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<other>[\s\S])/gu;

/** Beyond this the text is shown plain: highlighting is a help, not a parser. */
const LONGEST = 20_000;

/** SQL in coloured pieces. It only tells kinds of words apart; the verdict comes from the gateway's grammar. */
export function sqlPieces(sql: string): SqlPiece[] {
  if (sql.length > LONGEST) return [{ kind: 'plain', text: sql }];
  const pieces: SqlPiece[] = [];
  for (const { 0: text, groups } of sql.matchAll(PIECE)) {
    const kind = kindOf(text, groups ?? {});
    const before = pieces.at(-1);
    if (before && before.kind === kind) before.text += text;
    else pieces.push({ kind, text });
  }
  return pieces;
}

/** The first line that is not blank, cut to what a row can show. */
export function firstLine(sql: string): string {
  const line = sql.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, 240);
}

function kindOf(text: string, groups: Record<string, string | undefined>): SqlKind {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return text.startsWith('"') ? 'plain' : 'string';
  if (groups['number'] !== undefined) return 'number';
  return groups['word'] !== undefined && KEYWORDS.has(text.toLowerCase()) ? 'keyword' : 'plain';
}
