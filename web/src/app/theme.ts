import { ActionIcon, Button, createTheme, Modal, Popover, Tooltip, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 6 on white and shade 3 on the dark page both pass AA for text. */
const ink: MantineColorsTuple = [
  '#eef1fd', '#dbe2fb', '#b9c6f7', '#97abf5', '#728ced', '#4d6de2', '#3154cf', '#2746b3', '#203a94', '#192d75',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { ink },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } } }),
    Modal: Modal.extend({
      defaultProps: {
        // A dialog's head is no landmark of the page.
        attributes: { header: { role: 'none' } },
        centered: false,
        yOffset: '8vh', overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 },
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
  },
});
