import { gate } from '../gate/gate.service.js';

export const planning = [gate];
