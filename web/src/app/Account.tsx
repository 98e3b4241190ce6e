import { Menu, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { signOut } from '~/lib/api/queries';
import type { Me } from '~/types/api';
import css from './Account.module.css';

export function Account({ me }: { me: Me }) {
  const [failure, setFailure] = useState<string | null>(null);
  const leave = () => {
    setFailure(null);
    signOut().catch((error: unknown) => setFailure(error instanceof Error ? error.message : 'Signing out failed.'));
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={css.me} aria-label={`${me.name}, account`}>
          <span className={css.initial} data-initial={me.name.slice(0, 1).toUpperCase()} aria-hidden />
          <span className={css.name}>{me.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.roles.length > 0 ? me.roles.join(', ') : 'no role'}</Menu.Label>
        <Menu.Item closeMenuOnClick={false} onClick={leave}>Sign out</Menu.Item>
        {failure && <Menu.Label role="alert" c="var(--denied)">{failure}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
