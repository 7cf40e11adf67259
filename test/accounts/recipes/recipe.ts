import type { Holder, World } from '../world.js';

export type Target = 'own' | 'other';
export interface Sent {
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON, with its `Content-Type` in the headers. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
  /** The request ends the session that makes it. */
  readonly endsSession?: true;
}
/** How to make a request that succeeds for whoever may make it. */
export type Recipe = (target: Target, holder: Holder) => Sent | Promise<Sent>;
/** The requests of a room, by « METHOD /path » as the routes declare them. */
export type Recipes = (world: () => World) => Record<string, Recipe>;
