import { useState } from 'react';
import { Metrics } from '~/components/metrics/Metrics';
import { SidePanel } from '~/components/panel/SidePanel';
import { StatementList } from '~/components/statements/StatementList';
import type { Recording } from '~/lib/transcript/Recording';
import type { Statement } from '~/lib/transcript/statements';

interface Props {
  recording: Recording;
  statements: Statement[];
  /** The player's, in milliseconds from the beginning. */
  position: number;
  onSeek: (to: number) => void;
}

/** Beside the player: its statements and what the runner used, each leading to its moment. */
export function ReplayPanel({ recording, statements, position, onSeek }: Props) {
  const [shown, setShown] = useState('statements');
  const current = recording.statements.findLast(({ at }) => at <= position)?.statement.number ?? null;
  const choose = (chosen: Statement) => {
    const seen = recording.statements.find(({ statement }) => statement.number === chosen.number)?.seen;
    if (seen !== undefined) onSeek(seen);
  };
  const list = () => <StatementList statements={statements} current={current} empty="No statement was sent in this session." onChoose={choose} />;
  const metrics = () => (
    <Metrics
      measurements={recording.state.measurements}
      start={recording.start}
      end={recording.state.ended && recording.start + recording.length}
      limits={undefined}
      moment={recording.start + position}
      firstRange="whole"
      onChoose={(at) => onSeek(Math.min(recording.length, Math.max(0, at - recording.start)))}
    />
  );
  return (
    <SidePanel
      shown={shown}
      onShow={setShown}
      tabs={[{ name: 'statements', title: 'Statements', content: list }, { name: 'metrics', title: 'Metrics', content: metrics }]}
    />
  );
}
