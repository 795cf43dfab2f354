import type { EndpointEntry } from '@winesap/contract';
import type { Listing } from '../faults/listing-faults.ts';
import type { Location } from '../world/location.ts';
import type { Token } from '../world/token.ts';
import type { World } from '../world/world.ts';

/** A request on its way through Apple's side. */
export interface AppleRequest {
  readonly method: string;
  /** Without slashes at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Calls back once the answer is with the operating system, or the connection is gone. */
  readonly whenDone: (run: () => void) => void;
  /** What our own URLs start with. */
  readonly origin: string;
}

/** What a handler of an endpoint gets: what can be refused before it was refused. */
export interface Call {
  readonly world: World;
  readonly endpoint: EndpointEntry;
  readonly request: AppleRequest;
  /** The JSON object of the body; empty when the endpoint takes none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** How the rows of a listing are shown. */
  readonly listing: Listing;
}

export interface TokenCall extends Call {
  readonly token: Token;
  readonly location: Location;
}
