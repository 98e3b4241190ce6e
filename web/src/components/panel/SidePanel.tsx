import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './SidePanel.module.css';

export interface PanelTab {
  name: string;
  title: string;
  content: () => ReactNode;
}

interface Props {
  tabs: PanelTab[];
  /** The name of the tab in front; the first where there is none of that name. */
  shown: string;
  onShow: (name: string) => void;
}

/** What stands beside a terminal or a player, one thing at a time. */
export function SidePanel({ tabs, shown, onShow }: Props) {
  const front = tabs.find(({ name }) => name === shown) ?? tabs[0];
  return (
    <Tabs
      value={front?.name ?? null}
      onChange={(name) => name !== null && onShow(name)}
      keepMounted={false}
      classNames={{ root: css.root ?? '', list: css.list ?? '', tab: css.tab ?? '', panel: css.panel ?? '' }}
      unstyled
    >
      <Tabs.List aria-label="Side panel">
        {tabs.map(({ name, title }) => <Tabs.Tab key={name} value={name}>{title}</Tabs.Tab>)}
      </Tabs.List>
      {tabs.map(({ name, content }) => <Tabs.Panel key={name} value={name}>{name === front?.name && content()}</Tabs.Panel>)}
    </Tabs>
  );
}
