export const lever = 'fineLots';
