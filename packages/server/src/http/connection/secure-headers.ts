import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * Sets the security headers on the server itself, before any routing, so that responses without a route or hook have
 * them, too.
 */
export function secureHeaders(isHttps: boolean): (request: IncomingMessage, response: ServerResponse) => void {
  const write = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: isHttps ? [] : null,
      },
    },
    strictTransportSecurity: isHttps,
  });
  return (request, response) => write(request, response, () => undefined);
}
