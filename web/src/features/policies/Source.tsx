import type { PolicyTarget } from '~/types/api';
import css from './PoliciesPage.module.css';

/** The policy file as it is in force, with line numbers, so that an error's place can be found. */
export function Source({ target }: { target: PolicyTarget }) {
  const lines = target.source.replace(/\n$/, '').split('\n');
  return (
    <section className={css.source} aria-label={`Source of ${target.title}`}>
      <header>
        <strong>{target.title}</strong> <span className="mono dim">{target.file}</span>
      </header>
      {/* Scrollable, so the keyboard must be able to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label="YAML">
        {lines.map((line, index) => (
          <div key={index} className={css.line}>
            <span className={css.lineNumber} aria-hidden>
              {index + 1}
            </span>
            <Yaml line={line} />
          </div>
        ))}
      </pre>
    </section>
  );
}

/** Keys and comments told apart; the rest as it is. */
function Yaml({ line }: { line: string }) {
  const comment = /^(?<rest>(?:[^#'"]|'[^']*'|"[^"]*")*?)(?<comment>(?:^|\s)#.*)$/.exec(line);
  const rest = comment?.groups?.['rest'] ?? line;
  const key = /^(\s*(?:- )?)([\w.-]+)(:(?:\s.*)?)$/.exec(rest);
  return (
    <span>
      {key ? <>{key[1]}<span className={css.key}>{key[2]}</span>{key[3]}</> : rest}
      {comment && <span className={css.comment}>{comment.groups?.['comment']}</span>}
    </span>
  );
}
