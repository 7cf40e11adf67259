export const desk = [];
