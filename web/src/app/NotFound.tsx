import { Link, useLocation } from 'react-router';
import { Notice } from '~/components/Notice';

export function NotFound() {
  const { pathname } = useLocation();
  return (
    <Notice page title="There is no such page">
      <span className="mono">{pathname}</span> leads nowhere. <Link to="/">Go to the first page</Link>.
    </Notice>
  );
}
