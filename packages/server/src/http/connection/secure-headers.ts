import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * Writes the security headers of every answer, on the server itself and before anything looks at the request: also
 * answers that no route and no hook has a part in carry them.
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
