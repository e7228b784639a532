import type { TSchema } from "typebox";
import { Compile } from "typebox/schema";

/**
 * Checks a body of JSON as it is. Forms send text, and Fastify makes numbers and flags of it; doing so to JSON would make "no" of
 * a `null` that says "not stated", and what is not stated never counts as met.
 */
export function exactBody({
  schema,
}: {
  readonly schema: TSchema;
}): (body: unknown) => { value: unknown } | { error: Error } {
  const validator = Compile(schema);
  return (body) => (validator.Check(body) ? { value: body } : { error: new Error("The body is not as the row says.") });
}
