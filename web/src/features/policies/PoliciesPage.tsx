import { useQuery } from '@tanstack/react-query';
import { NavLink, useParams } from 'react-router';
import { Failure } from '~/components/Failure';
import { Moment } from '~/components/Moment';
import { Notice } from '~/components/Notice';
import { Waiting } from '~/components/Waiting';
import { policiesQuery } from '~/lib/api/queries';
import type { Policies } from '~/types/api';
import css from './PoliciesPage.module.css';
import { Problems } from './Problems';
import { Source } from './Source';

/** Which policy is in force, since when, what is wrong with the newest files, and each target's source. */
export function PoliciesPage() {
  const { name } = useParams();
  const policies = useQuery(policiesQuery);
  if (policies.isPending) return <div className={css.page}><Waiting rows={5} label="Loading policies" /></div>;
  if (policies.isLoadingError) return <Failure what="The policies" error={policies.error} retry={() => void policies.refetch()} />;
  return <Loaded policies={policies.data} name={name} />;
}

function Loaded({ policies, name }: { policies: Policies; name: string | undefined }) {
  const shown = name === undefined ? policies.targets[0] : policies.targets.find((target) => target.name === name);
  const problemsOf = (file: string) =>
    (policies.failure?.problems ?? []).filter(({ file: path }) => path === file || path.endsWith(`/${file}`) || file.endsWith(`/${path}`));
  const isTroubled = (file: string) => problemsOf(file).length > 0;
  return (
    <div className={css.page}>
      <title>Policies · SafeConsole</title>
      <header className={css.head}>
        <h1>Policies</h1>
        <span className="dim">
          Revision <span className="mono">{policies.revision.slice(0, 12)}</span> has been in force since <Moment at={policies.loadedAt} />
        </span>
      </header>
      {policies.failure && <Problems failure={policies.failure} revision={policies.revision} />}
      <div className={css.columns}>
        <nav aria-label="Targets" className={css.targets}>
          {policies.targets.map((target) => (
            <NavLink key={target.name} to={`/policies/${target.name}`} data-shown={target === shown}>
              <span className={css.state} data-bad={isTroubled(target.file)} role="img" aria-label={isTroubled(target.file) ? 'has errors' : 'in force'}>
                {isTroubled(target.file) ? '✕' : '✓'}
              </span>
              {target.title}
            </NavLink>
          ))}
          {policies.targets.length === 0 && <p className="dim">No target yet: each file in policies/targets/ becomes one.</p>}
        </nav>
        {shown ? <Source target={shown} problems={problemsOf(shown.file)} /> : <Notice title="There is no such target">No policy file is named {name}.yaml in this revision.</Notice>}
      </div>
    </div>
  );
}
