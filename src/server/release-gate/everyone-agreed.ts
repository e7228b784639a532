import { refuseUnless } from "../../domain/lifecycle/step.ts";
import type { ReleaseCase } from "./case.ts";

/** Everyone who must agree has: `approve` was taken. */
export function everyoneAgreed({ transfer }: ReleaseCase): void {
  refuseUnless(transfer.state === "approved", "This transfer is not agreed.");
}
