import library from 'docx';

export const convention = library;
