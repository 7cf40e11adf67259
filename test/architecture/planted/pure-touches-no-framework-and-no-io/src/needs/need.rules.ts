import type { EntityManager } from 'typeorm';

export type Reader = EntityManager;
