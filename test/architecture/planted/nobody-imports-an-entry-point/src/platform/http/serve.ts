import { AppModule } from '../../app.module.js';

export const served = AppModule;
