import { groups } from '../groups/groups.service.js';

export const lawbook = [groups];
