import { Reflector } from '@nestjs/core';
import type { PermissionKey } from './permission-key.js';

export const RequiredKey = Reflector.createDecorator<PermissionKey>();
export const PublicRoute = Reflector.createDecorator<string>();

/** The right that a route asks for: `@Requires('needs.submit')`. The service asserts it again on the row it loaded. */
export const Requires = (key: PermissionKey): MethodDecorator => RequiredKey(key);

/** A route that asks for no account, and why it may: `@Public('a secret in the address stands for an account')`. */
export const Public = (reason: string): MethodDecorator & ClassDecorator => PublicRoute(reason);
