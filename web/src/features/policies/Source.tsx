import type { PolicyProblem, PolicyTarget } from '~/types/api';
import css from './PoliciesPage.module.css';

interface Props {
  target: PolicyTarget;
  /** What is wrong with this file; while anything is, its text is not what is in force. */
  problems: PolicyProblem[];
}

/** The policy file as it stands in the folder, with line numbers and the lines that have errors. */
export function Source({ target, problems }: Props) {
  const lines = target.source.replace(/\n$/, '').split('\n');
  const errorAt = (line: number) => problems.find((problem) => problem.line === line)?.message;
  return (
    <section className={css.source} aria-label={`Source of ${target.title}`}>
      <header>
        <strong>{target.title}</strong> <span className="mono dim">{target.file}</span>
        {problems.length > 0 && <span className={css.notInForce}>✕ as it is now, not in force</span>}
      </header>
      {/* Scrollable, so the keyboard must be able to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label="YAML">
        {lines.map((line, index) => (
          <div key={index} className={css.line} data-bad={errorAt(index + 1) !== undefined} title={errorAt(index + 1)}>
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
