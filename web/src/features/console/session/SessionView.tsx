import { useLocalStorage } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '~/components/Notice';
import { meQuery, targetsQuery } from '~/lib/api/queries';
import type { Session } from '~/types/api';
import { NoticeBar, ReconnectingBar, UnsentBar } from './Bars';
import { EndedBar } from './EndedBar';
import { LaunchStages } from './LaunchStages';
import { isOfLaunch } from './launchRows';
import { SessionPanel } from './SessionPanel';
import { SessionStrip } from './SessionStrip';
import css from './SessionView.module.css';
import { TerminalPane } from './TerminalPane';
import { useLiveSession } from './useLiveSession';

/** The terminal with its strip above and the side panel. */
export function SessionView({ session }: { session: Session }) {
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const { data: targets } = useQuery(targetsQuery);
  const [live, { state, status, unsent }] = useLiveSession(session.id);
  const [panelOpen, setPanelOpen] = useLocalStorage({ key: 'safeconsole.statements', defaultValue: true, getInitialValueInEffect: false });
  const strip = useRef<HTMLDivElement>(null);
  const target = targets?.find(({ name }) => name === session.target);
  const { ended, ready } = state;
  const notice = state.notices.findLast((one) => !isOfLaunch(one));
  const [dismissed, setDismissed] = useState<string | null>(null);

  useEffect(() => {
    // The lists and the time left learn of the beginning and the end at once.
    if (ready || ended) void client.invalidateQueries({ queryKey: ['sessions'] });
  }, [client, ready, ended]);

  const decided = (act: () => void) => {
    act();
    focusTerminal();
  };
  if (status.kind === 'refused') return <Notice page title="This session cannot be shown" tone="denied">{status.sentence}</Notice>;
  const reconnecting = status.kind === 'reconnecting';
  return (
    <div className={css.view} data-state={ended ? 'ended' : ready ? 'running' : 'starting'}>
      <title>{`${session.title} · SafeConsole`}</title>
      <h1 className={css.hidden}>Session on {session.title}</h1>
      <div
        ref={strip}
        role="presentation"
        onKeyDown={(event) => {
          if (event.key !== 'F6') return;
          event.preventDefault();
          focusTerminal();
        }}
      >
        <SessionStrip session={session} target={target} state={state} panelOpen={panelOpen} onTogglePanel={() => setPanelOpen(!panelOpen)} />
      </div>
      <div>
        {ended && <EndedBar sentence={ended.sentence} session={session} target={target} mayReview={me?.permissions.includes('review:read') ?? false} />}
      </div>
      <div className={css.columns} data-panel={panelOpen}>
        <section className={css.terminal} aria-label="Terminal">
          <TerminalPane
            live={live}
            dimmed={reconnecting}
            ended={ended !== null}
            onLeave={() => strip.current?.querySelector<HTMLElement>('button')?.focus()}
          />
          {!ready && <LaunchStages state={state} launcher={target?.launcher} />}
          {/* Over the terminal, not above it: a bar that comes and goes must not resize the pty. */}
          <div className={css.bars}>
            {reconnecting && <ReconnectingBar status={status} />}
            {notice && !ended && notice.at !== dismissed && <NoticeBar sentence={notice.sentence} onDismiss={() => decided(() => setDismissed(notice.at))} />}
            {unsent && !ended && (
              <UnsentBar unsent={unsent} canSend={status.kind === 'following'} onDecide={(sendIt) => decided(() => live.decideUnsent(sendIt))} />
            )}
          </div>
        </section>
        {panelOpen && (
          <aside className={css.panel} aria-label="Side panel">
            <SessionPanel
              session={session}
              state={state}
              limits={target?.limits}
              mayReadLog={me?.permissions.includes('operations:read') ?? false}
            />
          </aside>
        )}
      </div>
    </div>
  );
}

function focusTerminal(): void {
  document.querySelector<HTMLElement>('.xterm-helper-textarea')?.focus();
}
