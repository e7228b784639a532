import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import staticFiles from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { randomId } from "../bytes/random.ts";
import { refusalOf, ServerError, STATUS } from "./error.ts";
import { exactBody } from "./gate/exact-body.ts";
import { refuseForgery } from "./gate/forgery.ts";
import { admit } from "./gate/guard.ts";
import { countAgainstRates } from "./gate/rate.ts";
import type { Row, Visit } from "./gate/row.ts";
import { errorPage } from "./journeys/errors/error-page.ts";
import { keepMistakes, keptMistakes } from "./kept-mistakes.ts";
import type { Parts } from "./parts.ts";
import { contentSecurityPolicy } from "./policy-headers.ts";
import { rows } from "./routes.ts";

const FORM_LIMIT = 256 * 1024;

/** The whole server, listening nowhere yet. The same assembly serves production, the demo and every test. */
export async function createApp(parts: Parts): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: parts.place.trustProxy,
    bodyLimit: FORM_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    logger: {
      level: "info",
      stream: parts.logTo,
      serializers: {
        req: (request) => ({ method: request.method, route: request.routeOptions.url ?? "none" }),
        res: (reply) => ({ status: reply.statusCode }),
      },
    },
    genReqId: () => randomId(),
  });
  await app.register(helmet, contentSecurityPolicy(parts.place));
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: FORM_LIMIT });
  await app.register(staticFiles, {
    root: parts.assets.folder,
    prefix: "/assets/",
    immutable: true,
    maxAge: "365d",
    index: false,
    // The same bytes for everyone; a frame without an origin asks for them as a stranger would.
    setHeaders(reply, path) {
      reply.header("access-control-allow-origin", "*");
      // pages to save are not pages of ours: what is inside them never runs at this address
      if (path.endsWith(".html")) reply.header("content-disposition", 'attachment; filename="check-evidence.html"');
    },
  });
  app.addContentTypeParser("application/offset+octet-stream", (_request, payload, done) => done(null, payload));
  app.setNotFoundHandler((request, reply) =>
    answerError(
      parts,
      request,
      reply,
      new ServerError({
        code: "no-such-page",
        message: "There is no page at this address. Check that it was typed or pasted whole.",
      }),
    ),
  );
  // Before any scope is registered: it would not have it.
  app.setErrorHandler((error, request, reply) => answerError(parts, request, reply, error));
  const all = [...rows, ...parts.extra.rows];
  const pages = new Set(
    all.flatMap(({ method, path }) => (method === "GET" && !path.startsWith("/api/") ? [path] : [])),
  );
  for (const row of all) if (!row.asText) addRow(app, row, parts, pages);
  await app.register(async (scope) => {
    scope.removeContentTypeParser(["application/json", "text/plain"]);
    scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => done(null, text));
    for (const row of all) if (row.asText) addRow(scope, row, parts, pages);
  });
  return app;
}

function addRow(app: FastifyInstance, row: Row, parts: Parts, pages: ReadonlySet<string>): void {
  const visits = new WeakMap<FastifyRequest, Visit>();
  app.route({
    method: row.method,
    url: row.path,
    bodyLimit: row.bodyLimit,
    ...(row.body ? { schema: { body: row.body } } : {}),
    ...(row.body && row.path.startsWith("/api/") ? { validatorCompiler: exactBody } : {}),
    onRequest: async (request, reply) => {
      await countAgainstRates(row, "address", request, parts);
      const visit = await admit(row, request, reply, parts);
      visits.set(request, visit);
      // Only now, or anybody could use up what a colleague on their network, or a target's owner, may do.
      await countAgainstRates(row, "caller", request, parts, visit.member);
      await countAgainstRates(row, "target", request, parts);
    },
    preValidation: async (request) => refuseForgery(parts, request),
    handler: async (request, reply) => {
      const visit = visits.get(request);
      if (!visit) throw new Error(`${row.method} ${row.path} was reached without the guard.`);
      const answer = await row.handle(visit, request.body);
      if (answer === null || reply.sent) return reply;
      const page = typeof answer === "string" ? await keptMistakes(visit) : null;
      const address = page === null ? await keepMistakes(visit, row, pages) : null;
      if (address !== null) return reply.redirect(address, 303);
      return reply.header("cache-control", reply.getHeader("cache-control") ?? "no-store").send(page ?? answer);
    },
  });
}

async function answerError(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  const refusal = refusalOf(error) ?? refusalOfFastify(error);
  if (!refusal) request.log.error({ err: error }, "unexpected");
  else if (refusal.status === STATUS["no-room"]) request.log.error("the disk is full");
  const status = refusal?.status ?? 500;
  const code = refusal?.code ?? "unexpected";
  const message = refusal?.message ?? "Something went wrong on our side. What you had saved is still there.";
  if (refusal?.retryAfter) reply.header("retry-after", String(refusal.retryAfter));
  if (request.url.startsWith("/api/")) {
    return reply
      .status(status)
      .header("cache-control", "no-store")
      .send({ code, message, ...(refusal ? {} : { reference: request.id }) });
  }
  if (code === "not-set-up" && request.method === "GET") return reply.redirect("/set-up", 303);
  if (code === "sign-in-first" && request.method === "GET") {
    const front = /^\/r\/[A-Za-z0-9_-]{22}(?=\/)/.exec(request.url)?.[0]; // a recipient starts again at the link's own page
    return reply.redirect(front ?? `/sign-in?next=${encodeURIComponent(request.url)}`, 303);
  }
  return errorPage(parts, request, reply, { status, message, requestId: refusal ? null : request.id });
}

/** What Fastify itself refuses before a handler runs: bodies that are too long, malformed or not as the row says. */
function refusalOfFastify(error: unknown): { code: string; status: number; message: string; retryAfter: null } | null {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status < 400 || status >= 500) return null;
  const code = status === 413 ? "too-large" : "bad-request";
  const message =
    status === 413
      ? "That is more than this page takes. Nothing was changed."
      : "The request was not as it should be. Nothing was changed.";
  return { code, status, message, retryAfter: null };
}
