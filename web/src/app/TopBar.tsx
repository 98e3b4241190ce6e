import { NavLink, Link } from 'react-router';
import type { Me } from '~/types/api';
import { Account } from './Account';
import { Mark } from './Mark';
import { PolicyInForce } from './PolicyInForce';
import { ThemeToggle } from './ThemeToggle';
import css from './TopBar.module.css';

const PAGES = [
  { to: '/', title: 'Consoles', permission: 'console:open', end: true },
  { to: '/review', title: 'Review', permission: 'review:read', end: false },
  { to: '/policies', title: 'Policies', permission: 'policy:read', end: false },
  { to: '/operations', title: 'Operations', permission: 'operations:read', end: false },
];

export function TopBar({ me }: { me: Me }) {
  return (
    <header className={css.bar}>
      <Link to="/" className={css.brand} aria-label="SafeConsole, first page">
        <Mark />
        <span className={css.name}>SafeConsole</span>
      </Link>
      <nav className={css.nav} aria-label="Pages">
        {PAGES.filter((page) => me.permissions.includes(page.permission)).map((page) => (
          <NavLink key={page.to} to={page.to} end={page.end} className={css.link ?? ''}>
            {page.title}
          </NavLink>
        ))}
      </nav>
      <div className={css.right}>
        {me.demo && <span className={css.demo}>demo</span>}
        <PolicyInForce linked={me.permissions.includes('policy:read')} />
        <ThemeToggle />
        <Account me={me} />
      </div>
    </header>
  );
}
