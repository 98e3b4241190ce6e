import { useLocalStorage } from '@mantine/hooks';
import { Log } from '~/components/log/Log';
import { Metrics } from '~/components/metrics/Metrics';
import { SidePanel } from '~/components/panel/SidePanel';
import { StatementList } from '~/components/statements/StatementList';
import type { SessionState } from '~/lib/transcript/sessionState';
import type { Limits, Session } from '~/types/api';

interface Props {
  session: Session;
  state: SessionState;
  limits: Limits | undefined;
  /** The runner's log is for those who run SafeConsole. */
  mayReadLog: boolean;
}

/** Beside the terminal: statements, what the runner uses, and its log. The tab in front is remembered. */
export function SessionPanel({ session, state, limits, mayReadLog }: Props) {
  const [shown, setShown] = useLocalStorage({ key: 'safeconsole.panel', defaultValue: 'statements', getInitialValueInEffect: false });
  const statements = {
    name: 'statements',
    title: 'Statements',
    content: () => (
      <StatementList
        follow
        statements={state.statements}
        empty="Each statement that the REPL sends stands here, with its verdict, rows and time, as soon as it is recorded."
      />
    ),
  };
  const metrics = {
    name: 'metrics',
    title: 'Metrics',
    content: () => (
      <Metrics
        measurements={state.measurements}
        start={Date.parse(state.opened?.at ?? session.startedAt)}
        end={state.ended && Date.parse(state.ended.at)}
        limits={limits}
      />
    ),
  };
  const log = { name: 'log', title: 'Log', content: () => <Log session={session.id} starting={!state.ready && !state.ended} /> };
  return <SidePanel tabs={[statements, metrics, ...(mayReadLog ? [log] : [])]} shown={shown} onShow={setShown} />;
}
