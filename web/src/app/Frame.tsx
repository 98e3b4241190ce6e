import { useQuery } from '@tanstack/react-query';
import { Outlet } from 'react-router';
import { Failure } from '~/components/Failure';
import { Waiting } from '~/components/Waiting';
import { meQuery } from '~/lib/api/queries';
import css from './Frame.module.css';
import { Landing } from './Landing';
import { Shortcuts } from './Shortcuts';
import { TopBar } from './TopBar';

/** The top bar and, under it, the page; or the landing page for somebody who is not signed in. */
export function Frame() {
  const me = useQuery(meQuery);
  // Asked again now and then: what was known stays while the gateway cannot be reached.
  if (me.isPending) return <main className={css.alone}><Waiting rows={4} /></main>;
  if (me.isLoadingError) return <main className={css.alone}><Failure what="SafeConsole" error={me.error} retry={() => void me.refetch()} /></main>;
  if (me.data === null) return <Landing />;
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#page">Skip to the page</a>
      <TopBar me={me.data} />
      <main id="page" className={css.page} tabIndex={-1}>
        <Outlet />
      </main>
      <Shortcuts />
    </div>
  );
}
