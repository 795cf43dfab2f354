import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep orchard green, light to dark: the one accent. */
const orchard: MantineColorsTuple = [
  '#e8f3ec',
  '#d3e7da',
  '#a8d0b8',
  '#7bb894',
  '#55a277',
  '#3c8f62',
  '#2b7b52',
  '#1c5e3e',
  '#16502f',
  '#12382a',
];

export const theme = createTheme({
  colors: { orchard },
  primaryColor: 'orchard',
  primaryShade: { light: 7, dark: 3 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13.5px', md: '14px', lg: '16px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'filled' } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 120, withArrow: false } },
    Menu: { defaultProps: { shadow: 'none', offset: 6 } },
  },
});

/** Mantine's own variables follow the console's tokens, so that both themes come from one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--broken-ink)',
  };
  return { variables: {}, light: both, dark: both };
};
