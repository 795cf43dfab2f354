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
  /** The caller. For public routes, a stand-in without rights. */
  who: Person;
  /** The caller's credential; null for public routes. */
  credential: Credential | null;
  actor: Actor;
  /** Aborts when the caller disconnects. */
  signal: AbortSignal;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Returns the route's response. Handlers of streams and files send the response themselves and return `SENT`. */
export type Handler<R extends AnyRoute> = (call: Call<R>) => Promise<ResponseOf<R> | typeof SENT>;

/** The response has already been sent. */
export const SENT = Symbol('sent');

/** Routes that better-auth answers itself. */
export const AUTH_ROUTES = ['signIn', 'signOut', 'changePassword'] as const satisfies readonly RouteId[];

type Answered<Id> = Exclude<Id, (typeof AUTH_ROUTES)[number]>;

/** A handler for every route: a route without one does not compile. */
export type Handlers = { [Id in Answered<RouteId>]: Handler<Routes[Id]> };

/** The handlers of the routes in one file of `api/src/routes`. */
export type HandlersOf<Group extends keyof RouteGroups> = {
  [Id in Answered<keyof RouteGroups[Group] & RouteId>]: Handler<Routes[Id]>;
};
