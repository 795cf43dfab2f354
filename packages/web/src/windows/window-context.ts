import { createContext } from 'react';

/** The open window's element: what floats above it (a tooltip) must live inside it, or it would lie beneath. */
export const WindowContext = createContext<HTMLElement | null>(null);
