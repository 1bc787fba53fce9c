import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import helmet from 'helmet';
import { fromProject } from '../db/projectFolder.js';

/** The files of the page: ours, and of Swagger UI the two that it needs. Everything comes from this server. */
const files: Readonly<Record<string, string>> = {
  '': fromProject('api/docs/index.html'),
  'start.js': fromProject('api/docs/start.js'),
  'page.css': fromProject('api/docs/page.css'),
  ...ofSwaggerUi('swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'),
};

function ofSwaggerUi(...names: readonly string[]): Record<string, string> {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return Object.fromEntries(names.map((name) => [name, join(folder, name)]));
}

/**
 * The page on which the API is tried: sign in, choose an operation, send it. It runs no script and loads nothing but from
 * this server, so that it works on a network that is cut off.
 */
export function docs(): Router {
  const router = Router();
  router.use(
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        ...{
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
        ...{ scriptSrc: ["'self'"], connectSrc: ["'self'"] },
        // The stylesheet carries its icons, and the page sets styles of single elements.
        ...{ styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'] },
      },
    }),
  );
  for (const [name, file] of Object.entries(files)) {
    router.get(`/${name}`, (_request, response, next) => {
      const headers = { 'Cache-Control': 'no-cache' };
      // Wherever the project lies, below a folder with a dot before its name too: these files alone are sent.
      response.sendFile(file, { dotfiles: 'allow', cacheControl: false, headers }, next);
    });
  }
  return router;
}
