import { members } from '../members/members.service.js';

export const conduct = [members];
