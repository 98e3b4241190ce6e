import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { Failure } from '~/components/Failure';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { sessionsQuery, targetsQuery } from '~/lib/api/queries';
import { useShortcut } from '~/lib/useShortcut';
import type { Target } from '~/types/api';
import type { OpenWish } from '../open/OpenWish';
import css from './ConsolesPage.module.css';
import { groupTargets, matchingTargets } from './groupTargets';
import { LastSessions } from './LastSessions';
import { RunningSessions } from './RunningSessions';
import { TargetGroup } from './TargetGroup';

const OpenDialog = lazy(async () => ({ default: (await import('../open/OpenDialog')).OpenDialog }));

/** The developer's home: running sessions, what can be opened, and the last sessions. */
export function ConsolesPage() {
  const targets = useQuery(targetsQuery);
  const sessions = useQuery(sessionsQuery);
  const [search, setSearch] = useState('');
  const [wish, setWish] = useState<OpenWish | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useShortcut('/', () => field.current?.focus());

  const shown = matchingTargets(targets.data ?? [], search);
  const first = shown.find((target) => target.allowed);
  const openAgain = (name: string, option: string, reason: string | null) => {
    const target = targets.data?.find((candidate) => candidate.name === name);
    if (target?.allowed) setWish({ target, option, reason: reason ?? '' });
  };
  return (
    <div className={css.page}>
      <title>Consoles · SafeConsole</title>
      <h1 className={css.title}>Consoles</h1>
      <RunningSessions sessions={sessions.data ?? []} />
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (first) setWish({ target: first });
        }}
      >
        <TextInput
          ref={field}
          size="md"
          data-autofocus
          autoFocus
          aria-label="Search consoles"
          placeholder="Search by application, environment, database or owner"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          rightSection={first && search !== '' ? <span className={css.enter}>Enter ↵</span> : null}
          rightSectionWidth={72}
        />
      </form>
      {targets.isPending && <Waiting rows={4} label="Loading consoles" />}
      {targets.isError && <Failure what="The consoles" error={targets.error} retry={() => void targets.refetch()} />}
      {targets.data && <Targets all={targets.data} shown={shown} search={search} onOpen={(target) => setWish({ target })} />}
      {sessions.isError && <Failure what="Your sessions" error={sessions.error} retry={() => void sessions.refetch()} />}
      <LastSessions sessions={sessions.data ?? []} targets={targets.data ?? []} onOpenAgain={openAgain} />
      {wish && (
        <Suspense>
          <OpenDialog wish={wish} onClose={() => setWish(null)} />
        </Suspense>
      )}
    </div>
  );
}

interface TargetsProps {
  all: Target[];
  shown: Target[];
  search: string;
  onOpen: (target: Target) => void;
}

function Targets({ all, shown, search, onOpen }: TargetsProps) {
  if (all.length === 0)
    return <Notice title="No consoles yet">A console stands here for each policy file in policies/targets/. An SRE adds one; it appears within seconds.</Notice>;
  if (shown.length === 0) return <Notice title="Nothing matches">No console has “{search}” in its name, application, environment, database or owner.</Notice>;
  return groupTargets(shown).map((group) => <TargetGroup key={group.application} group={group} onOpen={onOpen} />);
}
