import type { Member } from "../../domain/member.ts";
import { ServerError } from "../error.ts";

/** @throws ServerError `not-allowed` */
export function refuseUnlessPostRoom({ roles }: Member): void {
  if (roles.includes("post-room")) return;
  throw new ServerError({
    code: "not-allowed",
    message: "This page is for the post room. Nothing was changed.",
  });
}
