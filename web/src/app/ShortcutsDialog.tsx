import { Kbd, Modal } from '@mantine/core';
import css from './ShortcutsDialog.module.css';

const GROUPS: { title: string; keys: [string[], string][] }[] = [
  { title: 'Everywhere', keys: [[['?'], 'Show these shortcuts'], [['/'], 'Search']] },
  {
    title: 'Session',
    keys: [
      [['F6'], 'From the terminal to the strip above it, and back'],
      [['Ctrl', 'Shift', 'F'], 'Search the terminal'],
      [['Ctrl', 'Shift', 'C'], 'Copy the selection; Ctrl C copies too while something is selected'],
      [['Ctrl', 'Shift', 'V'], 'Paste'],
    ],
  },
  { title: 'Review', keys: [[['j'], 'Next session'], [['k'], 'Session before'], [['Enter'], 'Open']] },
  {
    title: 'Transcript',
    keys: [
      [['Space'], 'Play or pause'],
      [['.'], 'Next statement'],
      [[','], 'Statement before'],
      [['>'], 'Next denied or failed statement'],
      [['<'], 'Denied or failed statement before'],
      [['←'], 'Back 5 s'],
      [['→'], 'On 5 s'],
    ],
  },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Shortcuts" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={css.groups}>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning}>
                  <dt>{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
