import { Moment } from '~/components/Moment';
import type { PolicyFailure } from '~/types/api';
import css from './PoliciesPage.module.css';

/** Why the newest files are not in force: each error with its place. */
export function Problems({ failure, revision }: { failure: PolicyFailure; revision: string }) {
  return (
    <section className={css.problems} role="alert" aria-label="Errors in the newest policy files">
      <h2>
        The newest files are not in force{failure.at && <> (read <Moment at={failure.at} />)</>}. Revision{' '}
        <span className="mono">{revision.slice(0, 12)}</span> stays until they are mended.
      </h2>
      <ul>
        {(failure.problems ?? []).map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}>
            <span className="mono">
              {problem.file}:{problem.line}:{problem.column}
            </span>{' '}
            {problem.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
