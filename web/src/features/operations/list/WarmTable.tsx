import type { WarmRunners } from '~/types/api';
import css from './WarmTable.module.css';

/** Runners that wait for a session, by target: as many as its policy wants, or why not. */
export function WarmTable({ warm }: { warm: WarmRunners[] }) {
  if (warm.length === 0) {
    return (
      <p className={css.empty}>
        No target keeps warm runners. With <span className="mono">repl.warm</span> in its policy, a target has so many runners booted ahead, and a session opens in
        a fraction of a second.
      </p>
    );
  }
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">Target</th>
          <th scope="col" className="number">Wanted</th>
          <th scope="col" className="number">Ready</th>
          <th scope="col" className="number">Booting</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {warm.map((shelf) => (
          <tr key={shelf.target}>
            <th scope="row">{shelf.target}</th>
            <td className="number" data-label="Wanted">{shelf.wanted}</td>
            <td className="number" data-label="Ready">{shelf.ready}</td>
            <td className="number" data-label="Booting">{shelf.booting}</td>
            <td className={css.state} data-problem={shelf.problem !== null}>{stateOf(shelf)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateOf({ wanted, ready, booting, problem }: WarmRunners): string {
  if (problem !== null) return `! ${problem}`;
  if (ready >= wanted) return '✓ as wanted';
  return booting > 0 ? 'being filled' : 'waits for its next boot';
}
