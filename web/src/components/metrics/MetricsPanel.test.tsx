import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { expectAccessible, renderPage } from '~/testing/renderPage';
import { MetricsPanel } from './MetricsPanel';

const START = Date.UTC(2026, 10, 23, 17);
const measured = (second: number, processors: number, memory = 20_000_000) => ({ at: START + second * 1000, processors, memory });
const list = [measured(1, 0.02), measured(10, 0.93, 80_000_000), measured(20, 0.1, 30_000_000)];

const cpu = () => screen.getByTestId('processors-value');

test('The value of now stands in figures, the curve in a sentence', async () => {
  const { container } = renderPage(
    <MetricsPanel measurements={list.map((each) => ({ ...each, at: Date.now() - 30_000 + each.at - START }))} start={Date.now() - 40_000} end={null} limits={{ processors: 1, memory: 500_000_000 }} />,
  );
  expect(cpu()).toHaveTextContent('0.10 busy');
  expect(screen.getByTestId('memory-value')).toHaveTextContent('30 MB');
  expect(screen.getByText('up to 100 MB of 500 MB allowed')).toBeVisible();
  await expectAccessible(container);
});

test('An ended session shows its peak and what was last', () => {
  renderPage(<MetricsPanel measurements={list} start={START} end={START + 30_000} limits={{ processors: 1, memory: 500_000_000 }} />);
  expect(screen.getByRole('img', { name: /0.93 busy processors at most, 0.10 busy processors at the end. The policy allows 1.00 busy processors/ })).toBeVisible();
  expect(screen.getByText('peak 0.93')).toBeVisible();
  expect(screen.getByText('limit 1')).toBeVisible();
  expect(cpu()).toHaveTextContent('0.10 busy');
});

test('The player\'s moment has its value, and a press leads to a moment', async () => {
  const chosen: number[] = [];
  renderPage(
    <MetricsPanel measurements={list} start={START} end={START + 30_000} limits={undefined} moment={START + 12_000} firstRange="whole" onChoose={(at) => chosen.push(at)} />,
  );
  expect(cpu()).toHaveTextContent('0.93 busy');
  screen.getByRole('slider', { name: 'CPU at' }).focus();
  await userEvent.keyboard('{Home}{Enter}');
  expect(chosen).toEqual([START]);
});

test('Keys and the mouse point at a moment in both charts, and let go of it', async () => {
  renderPage(<MetricsPanel measurements={list} start={START} end={START + 30_000} limits={undefined} />);
  const slider = screen.getByRole('slider', { name: 'Memory at' });
  slider.focus();
  await userEvent.keyboard('{Home}');
  expect(cpu()).toHaveTextContent('–');
  expect(slider).toHaveAttribute('aria-valuetext', expect.stringContaining('not measured'));
  await userEvent.keyboard('{PageUp}');
  expect(cpu()).toHaveTextContent('0.93 busy');
  expect(slider).toHaveAttribute('aria-valuetext', expect.stringContaining('80 MB'));
  await userEvent.tab();
  expect(cpu()).toHaveTextContent('0.10 busy');
  slider.getBoundingClientRect = () => ({ left: 0, width: 600 }) as DOMRect;
  fireEvent.mouseMove(slider, { clientX: 120 });
  expect(screen.getByTestId('memory-value')).toHaveTextContent('80 MB');
  fireEvent.mouseLeave(slider);
  expect(screen.getByTestId('memory-value')).toHaveTextContent('30 MB');
});

test('Before the first measurement, and without any, a sentence says so', () => {
  const { unmount } = renderPage(<MetricsPanel measurements={[]} start={START} end={null} limits={undefined} />);
  expect(screen.getByText(/as soon as it is measured/)).toBeVisible();
  unmount();
  renderPage(<MetricsPanel measurements={[]} start={START} end={START + 1} limits={undefined} />);
  expect(screen.getByText(/Nothing was measured/)).toBeVisible();
});
