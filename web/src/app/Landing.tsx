import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { signInAddress, signInInfoQuery } from '~/lib/api/queries';
import css from './Landing.module.css';
import { Mark } from './Mark';

/** What somebody sees who is not signed in: what this is, and one button that leads back to the page they asked for. */
export function Landing() {
  const { data: info } = useQuery(signInInfoQuery);
  return (
    <main className={css.landing}>
      <div className={css.card}>
        <div className={css.brand}>
          <Mark size={32} />
          <h1>SafeConsole</h1>
        </div>
        <p>
          A REPL on production that can only read. Sessions run beside a read-only replica, every statement is judged, and
          everything that happens is recorded.
        </p>
        <Button component="a" href={signInAddress()} size="md" fullWidth autoFocus>
          Sign in
        </Button>
        {info?.demo && (
          <div className={css.demo}>
            <strong>This is a demo.</strong> It answers on this machine only, and its accounts are public:
            <ul>
              {info.accounts.map((account) => (
                <li key={account.name}>
                  <span className="mono">{account.name}</span> <span className="dim">{account.role === 'sre' ? 'SRE' : account.role}</span>
                </li>
              ))}
            </ul>
            The sign-in page shows their passwords.
          </div>
        )}
      </div>
    </main>
  );
}
