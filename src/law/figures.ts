import { FIGURES_OF_CONTRACTS } from './figures-of-contracts.js';
import { FIGURES_OF_DUTIES } from './figures-of-duties.js';
import { FIGURES_OF_PROCEDURE } from './figures-of-procedure.js';
import { FIGURES_OF_THRESHOLDS } from './figures-of-thresholds.js';

/** Every figure of the law that Halle ships. Those that were published since are rows of the lawbook. */
export const FIGURES = {
  ...FIGURES_OF_THRESHOLDS,
  ...FIGURES_OF_PROCEDURE,
  ...FIGURES_OF_CONTRACTS,
  ...FIGURES_OF_DUTIES,
} as const;

export type FigureCode = keyof typeof FIGURES;
export const FIGURE_CODES = Object.keys(FIGURES) as readonly FigureCode[];

export const isFigureCode = (code: string): code is FigureCode => Object.hasOwn(FIGURES, code);
