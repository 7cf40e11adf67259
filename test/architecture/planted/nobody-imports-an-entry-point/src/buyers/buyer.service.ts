import { demo } from '../cli/demo.js';

export const shown = demo;
