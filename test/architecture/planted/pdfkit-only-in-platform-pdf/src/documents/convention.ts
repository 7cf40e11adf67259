import library from 'pdfkit';

export const convention = library;
