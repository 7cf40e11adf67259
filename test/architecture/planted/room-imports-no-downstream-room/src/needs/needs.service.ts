import { declarations } from '../declarations/declarations.service.js';

export const needs = [declarations];
