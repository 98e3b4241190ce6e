import type { Terminal } from '@xterm/xterm';

/** The queries that xterm.js answers, by how they end and what stands before: status, attributes, modes, version, keyboard, settings, colours. */
const CSI_QUERIES = [
  { final: 'n' }, { prefix: '?', final: 'n' }, { final: 'c' }, { prefix: '>', final: 'c' }, { prefix: '=', final: 'c' },
  { intermediates: '$', final: 'p' }, { prefix: '?', intermediates: '$', final: 'p' }, { prefix: '>', final: 'q' }, { prefix: '?', final: 'u' },
];
const COLOUR_QUERIES = [4, 10, 11, 12];

/** A terminal's own answers to a program's questions. Muted, the questions are passed over: an old one's answer would be typed into the REPL. */
export class Reports {
  muted = false;

  constructor({ parser }: Pick<Terminal, 'parser'>) {
    for (const query of CSI_QUERIES) parser.registerCsiHandler(query, () => this.muted);
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => this.muted);
    for (const query of COLOUR_QUERIES) parser.registerOscHandler(query, (data) => this.muted && data.includes('?'));
  }
}
