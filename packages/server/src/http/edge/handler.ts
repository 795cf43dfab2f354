import type {
  AnyRoute,
  BodyOf,
  ParamsOf,
  Person,
  QueryOf,
  ResponseOf,
  RouteGroups,
  RouteId,
  Routes,
} from '@winesap/api';
import type { Actor } from '@winesap/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Credential } from '../../auth/caller.ts';

export interface Call<R extends AnyRoute> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  /** Who calls. For public routes a stand-in without rights. */
  who: Person;
  /** What the caller showed; null for public routes. */
  credential: Credential | null;
  actor: Actor;
  /** Ends when the caller went away. */
  signal: AbortSignal;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Gives what the route answers; handlers of streams and files send the reply themselves and give `SENT`. */
export type Handler<R extends AnyRoute> = (call: Call<R>) => Promise<ResponseOf<R> | typeof SENT>;

/** The reply is on its way already. */
export const SENT = Symbol('sent');

/** Routes that better-auth answers itself. */
export const AUTH_ROUTES = ['signIn', 'signOut', 'changePassword'] as const satisfies readonly RouteId[];

type Answered<Id> = Exclude<Id, (typeof AUTH_ROUTES)[number]>;

/** A handler for every route: a route without one does not compile. */
export type Handlers = { [Id in Answered<RouteId>]: Handler<Routes[Id]> };

/** The handlers of the routes that one file of `api/src/routes` defines. */
export type HandlersOf<Group extends keyof RouteGroups> = {
  [Id in Answered<keyof RouteGroups[Group] & RouteId>]: Handler<Routes[Id]>;
};
