import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, Navigate } from 'react-router';
import { Notice } from '~/components/Notice';
import { meQuery } from '~/lib/api/queries';

interface Props {
  permission: string;
  page: ReactNode;
}

/** Shows a page to those who may see it. The gateway enforces this too: here it only saves people a wall of refusals. */
export function Permitted({ permission, page }: Props) {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (me.permissions.includes(permission)) return page;
  if (permission === 'console:open' && me.permissions.includes('review:read')) return <Navigate to="/review" replace />;
  if (permission === 'console:open' && me.permissions.includes('policy:read')) return <Navigate to="/policies" replace />;
  if (permission === 'console:open' && me.permissions.includes('operations:read')) return <Navigate to="/operations" replace />;
  return (
    <Notice page title="This page is not for your role">
      You are signed in as {me.name}, {me.roles.length > 0 ? `with the role ${me.roles.join(', ')}` : 'without a role'}, and this page needs the
      permission <span className="mono">{permission}</span>. Whoever runs SafeConsole can give it to one of your groups.{' '}
      <Link to="/">Go to the first page</Link>.
    </Notice>
  );
}
