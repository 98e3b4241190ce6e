import type { Target } from '~/types/api';

export interface ApplicationTargets {
  application: string;
  targets: Target[];
}

/** The targets by application in the order of the alphabet; what may be opened comes first, in the whole and in each group. */
export function groupTargets(targets: Target[]): ApplicationTargets[] {
  const groups = new Map<string, Target[]>();
  for (const target of targets) groups.set(target.application, [...(groups.get(target.application) ?? []), target]);
  return [...groups]
    .map(([application, members]) => ({ application, targets: members.sort(byUse) }))
    .sort((a, b) => Number(hasOpen(b)) - Number(hasOpen(a)) || a.application.localeCompare(b.application));
}

/** Those that contain every word of the search in what a row shows. */
export function matchingTargets(targets: Target[], search: string): Target[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return targets;
  return targets.filter((target) => {
    const text = [target.name, target.title, target.application, target.environment, target.database, target.repl, target.owner].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function hasOpen({ targets }: ApplicationTargets): boolean {
  return targets.some((target) => target.allowed);
}

function byUse(a: Target, b: Target): number {
  if (a.allowed !== b.allowed) return a.allowed ? -1 : 1;
  return a.title.localeCompare(b.title);
}
