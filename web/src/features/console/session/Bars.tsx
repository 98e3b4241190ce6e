import { Button } from '@mantine/core';
import type { StreamStatus } from '~/lib/stream/SessionStream';
import { useNow } from '~/lib/useNow';
import css from './Bars.module.css';

/** The connection is lost; the session is not. */
export function ReconnectingBar({ status }: { status: Extract<StreamStatus, { kind: 'reconnecting' }> }) {
  const seconds = Math.floor((useNow() - status.since) / 1000);
  return (
    <div className={css.bar} data-tone="flagged" role="status">
      <span className={css.breathing} aria-hidden />
      {status.signedOut ? (
        <span>
          Your sign-in has expired. Your session is safe:{' '}
          <a href="/sign-in?returnUrl=/" target="_blank" rel="noreferrer">sign in again in another tab</a>, and it continues here.
        </span>
      ) : (
        <span>Reconnecting, your session is safe.{seconds >= 5 && ` Lost ${seconds} s ago.`} What you type now is not sent.</span>
      )}
    </div>
  );
}

/** What the gateway told this session's people last, such as a limit that comes near. */
export function NoticeBar({ sentence, onDismiss }: { sentence: string; onDismiss: () => void }) {
  return (
    <div className={css.bar} data-tone="flagged" role="status">
      <span>{sentence}</span>
      <span className={css.actions}>
        <Button size="compact-xs" variant="default" onClick={onDismiss}>Dismiss</Button>
      </span>
    </div>
  );
}

interface UnsentProps {
  unsent: Uint8Array;
  canSend: boolean;
  onDecide: (sendIt: boolean) => void;
}

/** What was typed while the connection broke is neither lost nor run behind its author's back. */
export function UnsentBar({ unsent, canSend, onDecide }: UnsentProps) {
  return (
    <div className={css.bar} data-tone="flagged" role="status">
      <span>
        Not sent when the connection broke: <span className={css.typed}>{readable(unsent)}</span>
      </span>
      <span className={css.actions}>
        <Button size="compact-xs" disabled={!canSend} onClick={() => onDecide(true)}>Send it now</Button>
        <Button size="compact-xs" variant="default" onClick={() => onDecide(false)}>Discard</Button>
      </span>
    </div>
  );
}

const SHOWN = 80;

/** Typed bytes as a person would name them: line ends as ⏎, other control keys as ^C. */
function readable(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  // eslint-disable-next-line no-control-regex
  const named = text.replace(/\r\n?|\n/g, '⏎').replace(/[\u0000-\u001f]/g, (char) => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`);
  return named.length > SHOWN ? `${named.slice(0, SHOWN)}…` : named;
}
