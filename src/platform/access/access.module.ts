import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { AssertedRights } from './asserted-rights.interceptor.js';
import { RightsFirst } from './rights-first.interceptor.js';
import { routeFaults, routesOf } from './routes.js';

/** Stops the start when a route names no right, and the answer when the right was not asserted. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: RightsFirst },
    { provide: APP_INTERCEPTOR, useClass: AssertedRights },
  ],
})
export class AccessModule implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const faults = routeFaults(routesOf(this.discovery, this.scanner));
    if (faults.length > 0) throw new Error(faults.join('; '));
  }
}
