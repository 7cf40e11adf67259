import { Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routeFaults, routesOf } from './routes.js';

/** Stops the start when a route names no right. */
@Module({ imports: [DiscoveryModule] })
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
