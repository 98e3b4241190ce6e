import type { Connect } from './SessionStream';

/** The hub's client is loaded with the first connection: most pages do without it. */
export const connectLazily: Connect = async (lost) => (await import('./hubConnection')).connectHub(lost);
