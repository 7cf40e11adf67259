export const control = 'block';
