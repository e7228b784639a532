import type { NewEvent } from "../event.ts";
import type { HandedAs, IncomingPost } from "../incoming-post.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** nothing → in the post room: its addressee was read, and it was not opened (SIS-9). */
export function takeInPost(post: IncomingPost, taken: Taken): NewEvent {
  const { addressee, addresseeOnly, condition } = post;
  refuseUnless(addressee.trim() !== "", "Say for whom it is.");
  return about(post, "post-taken-in", taken, { addressee, addresseeOnly, condition });
}

/** in the post room → with whoever has it now. What is for nobody here is handed to nobody here. */
export function handPostOn(
  post: IncomingPost,
  handed: { readonly as: HandedAs; readonly to: string },
  taken: Taken,
): NewEvent {
  const { as, to } = handed;
  refuseUnless(to.trim() !== "", "Say to whom you handed it.");
  refuseUnless(post.condition !== "not-ours" || as === "back", "It is for nobody here, so it goes back.");
  return about(post, "post-handed-on", taken, { as, to: to.trim(), addressee: post.addressee });
}

function about(
  { id, reference, recipientId, otherReference }: IncomingPost,
  kind: "post-taken-in" | "post-handed-on",
  taken: Taken,
  detail: NewEvent["detail"],
): NewEvent {
  const other = otherReference === "" ? {} : { otherReference };
  return { kind, at: taken.at, actor: taken.by, reference, recipientId, detail: { post: id, ...detail, ...other } };
}
