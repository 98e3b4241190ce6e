import { Button, SegmentedControl, Switch } from '@mantine/core';
import { moment } from '~/lib/format';
import { SPEEDS, type PlayerView } from './Player';
import css from './TranscriptPage.module.css';

interface Props {
  /** The player stands: its screen is made after the page. */
  ready: boolean;
  view: PlayerView;
  length: number;
  marked: boolean;
  /** The session still runs; at the end of what is recorded, the screen follows it. */
  live: { lost: boolean; atEnd: boolean; onFollow: () => void } | null;
  onToggle: () => void;
  onChange: (part: Partial<Pick<PlayerView, 'speed' | 'skipIdle'>>) => void;
  onNextStatement: () => void;
  onNextMark: () => void;
}

export function Controls({ ready, view, length, marked, live, onToggle, onChange, onNextStatement, onNextMark }: Props) {
  return (
    <div className={css.controls}>
      <Button w={84} disabled={!ready} onClick={onToggle} aria-keyshortcuts="Space">{view.playing ? 'Pause' : 'Play'}</Button>
      <span className={css.position} data-testid="position">
        {moment(view.position)} <span className="dim">/ {moment(length)}</span>
      </span>
      {live?.atEnd && !live.lost && <span className={css.live}><span aria-hidden>● </span>live</span>}
      {live?.lost && <span className={css.lost} role="status"><span aria-hidden>◌ </span>connection lost, reconnecting</span>}
      {live && !live.atEnd && <Button variant="default" onClick={live.onFollow}>Follow live</Button>}
      <SegmentedControl
        size="xs"
        aria-label="Speed"
        data={SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
        value={String(view.speed)}
        onChange={(value) => onChange({ speed: Number(value) })}
      />
      <Switch size="xs" label="Skip idle time" checked={view.skipIdle} onChange={(event) => onChange({ skipIdle: event.currentTarget.checked })} />
      <span className={css.jumps}>
        <Button variant="default" onClick={onNextStatement} aria-keyshortcuts=".">Next statement</Button>
        <Button variant="default" disabled={!marked} onClick={onNextMark} aria-keyshortcuts=">">Next mark</Button>
      </span>
    </div>
  );
}
