import supertest from 'supertest';

export const probe = supertest;
