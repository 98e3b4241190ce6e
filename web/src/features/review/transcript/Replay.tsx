import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { moment, parseMoment } from '~/lib/format';
import type { Recording } from '~/lib/transcript/Recording';
import { useShortcut } from '~/lib/useShortcut';
import { Controls } from './Controls';
import { nextAfter, lastBefore } from './neighbours';
import type { Player } from './Player';
import { ReplayPanel } from './ReplayPanel';
import { ReplayScreen } from './ReplayScreen';
import css from './TranscriptPage.module.css';
import { Timeline } from './Timeline';
import { usePlayerView } from './usePlayerView';

const STEP = 5000;

interface Props {
  recording: Recording;
  /** The session still runs: the recording grows, and the player begins at its end. */
  running: boolean;
  /** It cannot be followed at the moment. */
  lost: boolean;
}

/** Player left, side panel right, the time line under both. */
export function Replay({ recording, running, lost }: Props) {
  const [search, setSearch] = useSearchParams();
  const [player, setPlayer] = useState<Player | null>(null);
  const view = usePlayerView(player);
  const [wished] = useState(() => parseMoment(search.get('at') ?? '') ?? (running ? Infinity : 0));
  const ready = useCallback(
    (made: Player | null) => {
      made?.seek(wished);
      setPlayer(made);
    },
    [wished],
  );
  useEffect(() => player?.extend(recording), [player, recording]);
  const seek = (to: number) => {
    player?.seek(to);
    setSearch((before) => {
      // Rounded up: a moment that is shared shows what was pointed at.
      before.set('at', moment(Math.ceil(to / 1000) * 1000));
      return before;
    }, { replace: true });
  };
  const toEnd = () => {
    player?.seek(Infinity);
    setSearch((before) => {
      before.delete('at');
      return before;
    }, { replace: true });
  };
  const { position } = view;
  const moments = useMemo(() => recording.statements.map(({ seen }) => seen), [recording]);
  const marks = useMemo(() => recording.marks.map(({ seen }) => seen), [recording]);
  const statements = useMemo(() => recording.statements.map(({ statement }) => statement), [recording]);
  const jump = (to: number | undefined) => {
    if (to !== undefined) seek(to);
  };
  useShortcut(' ', () => player?.toggle());
  useShortcut('.', () => jump(nextAfter(moments, position)));
  useShortcut(',', () => jump(lastBefore(moments, position)));
  useShortcut('>', () => jump(nextAfter(marks, position)));
  useShortcut('<', () => jump(lastBefore(marks, position)));
  useShortcut('ArrowRight', () => seek(Math.min(recording.length, position + STEP)));
  useShortcut('ArrowLeft', () => seek(Math.max(0, position - STEP)));
  return (
    <>
      <div className={css.columns}>
        <ReplayScreen recording={recording} onReady={ready} />
        <aside className={css.panel} aria-label="Side panel">
          <ReplayPanel recording={recording} statements={statements} position={position} onSeek={seek} />
        </aside>
      </div>
      <footer className={css.foot}>
        <Timeline recording={recording} position={position} onSeek={seek} />
        <Controls
          ready={player !== null}
          view={view}
          length={recording.length}
          marked={marks.length > 0}
          live={running ? { lost, atEnd: position >= recording.length, onFollow: toEnd } : null}
          onToggle={() => player?.toggle()}
          onChange={(part) => player?.set(part)}
          onNextStatement={() => jump(nextAfter(moments, position))}
          onNextMark={() => jump(nextAfter(marks, position))}
        />
      </footer>
    </>
  );
}
