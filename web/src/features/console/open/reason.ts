import type { Target } from '~/types/api';

/** What is still wrong with a reason, as a sentence; null when the gateway should accept it. */
export function reasonProblem(target: Target, reason: string): string | null {
  const text = reason.trim();
  if (text === '') return target.reasonRequired ? 'The policy asks for a reason.' : null;
  if (!target.reasonPattern || matches(target.reasonPattern, text)) return null;
  return target.reasonExample ? `It should look like “${target.reasonExample}”.` : `It should match ${target.reasonPattern}.`;
}

/** The gateway's pattern is .NET's; what the browser cannot read is left to the gateway to judge. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
