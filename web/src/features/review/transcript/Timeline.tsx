import { useMemo, useRef, type PointerEvent } from 'react';
import { moment } from '~/lib/format';
import { activity, type Recording } from '~/lib/transcript/Recording';
import css from './Timeline.module.css';

interface Props {
  recording: Recording;
  position: number;
  onSeek: (to: number) => void;
}

const PIECES = 200;
const SIGNS = { denied: '✕', failed: '!', flagged: '⚑', unhidden: '⌨' } as const;

/** The whole session as a strip: activity as bars, what was denied, flagged or failed as marks, and where hidden typing began to be recorded. A press or drag seeks. */
export function Timeline({ recording, position, onSeek }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const bars = useMemo(() => activity(recording, PIECES), [recording]);
  const length = Math.max(1, recording.length);
  const seekTo = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (box) onSeek(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * length);
  };
  const steps: Record<string, number> = {
    ArrowRight: position + 5000, ArrowUp: position + 5000, ArrowLeft: position - 5000, ArrowDown: position - 5000,
    PageUp: position + 60_000, PageDown: position - 60_000, Home: 0, End: length,
  };
  return (
    <div
      ref={strip}
      className={css.strip}
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={0}
      aria-valuemax={Math.round(length / 1000)}
      aria-valuenow={Math.round(position / 1000)}
      aria-valuetext={moment(position)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) seekTo(event);
      }}
      onKeyDown={(event) => {
        const to = steps[event.key];
        if (to === undefined) return;
        event.preventDefault();
        onSeek(Math.min(length, Math.max(0, to)));
      }}
    >
      <Bars bars={bars} />
      {recording.marks.map((mark, index) => (
        <span
          key={index}
          className={css.mark}
          data-kind={mark.kind}
          title={`${moment(mark.at)} ${mark.title}`}
          style={{ left: `${(mark.at / length) * 100}%` }}
        >
          {SIGNS[mark.kind]}
        </span>
      ))}
      <span className={css.head} style={{ left: `${(position / length) * 100}%` }} />
    </div>
  );
}

function Bars({ bars }: { bars: number[] }) {
  return (
    <svg className={css.bars} viewBox={`0 0 ${PIECES} 1`} preserveAspectRatio="none" aria-hidden>
      {bars.map((height, index) => height > 0 && <rect key={index} x={index + 0.1} y={1 - height} width={0.8} height={height} />)}
    </svg>
  );
}
