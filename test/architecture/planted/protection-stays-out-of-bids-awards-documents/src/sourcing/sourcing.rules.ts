export const known = 'supplier';
