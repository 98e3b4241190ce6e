import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// One second, as it comes, is too little on a machine that builds beside it.
configure({ asyncUtilTimeout: 10_000 });

// What a browser has and jsdom does not.
window.matchMedia = (query) =>
  ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList;

HTMLCanvasElement.prototype.getContext = () => null;

window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// A list in sight has a size; without one the virtual list shows nothing.
for (const [name, size] of Object.entries({ clientHeight: 600, clientWidth: 800, offsetHeight: 32, offsetWidth: 800 }))
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
