import library from 'exceljs';

export const convention = library;
