import { memo, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { areaPath, linePath } from '~/lib/metrics/curve';
import { columnsOf, peakOf, valueAt, type Samples, type Span } from '~/lib/metrics/samples';
import { clock, utc } from '~/lib/format';
import css from './Chart.module.css';
import { describe, type Measure } from './measures';
import { scaleFor } from './scale';

interface Props {
  measure: Measure;
  samples: Samples;
  span: Span;
  /** What the policy allows; undefined where that is not known. */
  limit: number | undefined;
  /** The moment that is pointed at, here or in the chart beside. */
  pointed: number | null;
  onPoint: (at: number | null) => void;
  /** Whose value is shown while nothing is pointed at; marked in the chart where it is the player's. */
  moment: number;
  marked: boolean;
  /** A press goes to that moment. */
  onChoose?: ((at: number) => void) | undefined;
}

const COLUMNS = 300;
const HEIGHT = 100;

/** One measure over time as a stepped line, with its value in figures: now, at the player's moment, or where one points. */
export function Chart({ measure, samples, span, limit, pointed, onPoint, moment, marked, onChoose }: Props) {
  const { from, to } = span;
  const columns = useMemo(() => columnsOf(samples, { from, to }, COLUMNS), [samples, from, to]);
  const peak = peakOf(columns);
  const { highest, limited } = scaleFor(peak, limit, measure.least);
  const at = pointed ?? moment;
  const value = valueAt(samples, at);
  const percent = (time: number) => `${((time - from) / (to - from)) * 100}%`;
  const inside = marked && moment >= from && moment <= to;
  return (
    <figure className={css.chart}>
      <figcaption className={css.caption}>
        <span className={css.title}>{measure.title}</span>
        <span className={css.peak}>{peak !== null && `peak ${measure.short(peak)}`}</span>
        {pointed !== null && <time className={css.time} title={utc(new Date(at).toISOString())}>{clock(new Date(at).toISOString())}</time>}
        <strong className={css.value} data-testid={`${measure.name}-value`}>{value === null ? '–' : measure.words(value)}</strong>
      </figcaption>
      <div className={css.plot}>
        <svg role="img" aria-label={describe(measure, columns, span, limit)} viewBox={`0 0 ${COLUMNS} ${HEIGHT}`} preserveAspectRatio="none">
          <Curve columns={columns} highest={highest} />
        </svg>
        {limited && limit !== undefined ? (
          <span className={css.limit} style={{ bottom: `${(limit / highest) * 100}%` }}><span>limit {measure.short(limit)}</span></span>
        ) : (
          <span className={css.top}>up to {measure.short(highest)}{limit !== undefined && ` of ${measure.short(limit)} allowed`}</span>
        )}
        {inside && <span className={css.moment} style={{ left: percent(moment) }} />}
        {pointed !== null && pointed >= from && <span className={css.pointed} style={{ left: percent(pointed) }} />}
        <Pointer measure={measure} span={span} at={at} value={value} onPoint={onPoint} onChoose={onChoose} />
      </div>
      <div className={css.times} aria-hidden>
        <span>{clock(new Date(from).toISOString())}</span>
        <span>{clock(new Date(to).toISOString())}</span>
      </div>
    </figure>
  );
}

/** Drawn again when its values change, not with every frame of a player. */
const Curve = memo(function Curve({ columns, highest }: { columns: (number | null)[]; highest: number }) {
  return (
    <>
      <path className={css.area} d={areaPath(columns, highest, HEIGHT)} />
      <path className={css.line} d={linePath(columns, highest, HEIGHT)} />
    </>
  );
});

interface PointerProps extends Pick<Props, 'measure' | 'span' | 'onPoint' | 'onChoose'> {
  at: number;
  value: number | null;
}

/** Takes the mouse and the keys: both point at a moment, Enter or a press goes there. */
function Pointer({ measure, span, at, value, onPoint, onChoose }: PointerProps) {
  const box = useRef<HTMLDivElement>(null);
  const length = span.to - span.from;
  const within = (time: number) => Math.min(span.to, Math.max(span.from, time));
  const timeOf = (event: MouseEvent) => {
    const area = box.current?.getBoundingClientRect();
    return within(span.from + ((event.clientX - (area?.left ?? 0)) / (area?.width || 1)) * length);
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: at + length / 60, ArrowUp: at + length / 60, ArrowLeft: at - length / 60, ArrowDown: at - length / 60,
      PageUp: at + length / 6, PageDown: at - length / 6, Home: span.from, End: span.to,
    };
    const to = event.key === 'Enter' ? undefined : steps[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to === undefined) onChoose?.(at);
    else onPoint(within(to));
  };
  return (
    <div
      ref={box}
      className={css.pointer}
      role="slider"
      tabIndex={0}
      aria-label={`${measure.title} at`}
      aria-valuemin={0}
      aria-valuemax={Math.round(length / 1000)}
      aria-valuenow={Math.round((within(at) - span.from) / 1000)}
      aria-valuetext={`${clock(new Date(at).toISOString())}: ${value === null ? 'not measured' : measure.spoken(value)}`}
      data-choosable={onChoose !== undefined}
      onMouseMove={(event) => onPoint(timeOf(event))}
      onMouseLeave={() => onPoint(null)}
      onClick={(event) => onChoose?.(timeOf(event))}
      onKeyDown={onKey}
      onBlur={() => onPoint(null)}
    />
  );
}
