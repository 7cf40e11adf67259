export const checks = 'block';
