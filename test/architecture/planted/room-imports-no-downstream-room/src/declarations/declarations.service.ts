import { forms } from '../forms/forms.service.js';

export const declarations = [forms];
