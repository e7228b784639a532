import { Type } from "typebox";
import { SECRET_CHANNELS, type SecretChannel } from "../../../domain/facts.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { CHANNEL_NAMES } from "../../assessing/said-for.ts";
import { restate } from "../../drafts/restate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { waysToTell } from "../../words/ways-to-tell.ts";

const PREFERRED = "preferred";

/** SDT-13, OXM-8: by which channel the six words are told. Only channels that work for everybody who needs words are offered. */
export const meetSecretRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/secret",
    who: "sender",
    handle: async (visit) => {
      refuseUnless(visit.transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      return page(visit, visit.transfer.facts.secretChannel ?? PREFERRED, {});
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/secret",
    who: "sender",
    body: Type.Object({ channel: Type.Optional(Type.String({ maxLength: 20 })) }),
    handle: async (visit, { channel = "" }) => {
      const chosen = (await channelsFor(visit)).find((each) => each === channel) ?? null;
      if (chosen === null && channel !== PREFERRED)
        return page(visit, "", { channel: "Choose how you tell the six words" });
      await restate(visit, (facts) => ({ ...facts, secretChannel: chosen }));
      return redirect(visit, `/transfers/${visit.transfer.reference}/tasks`);
    },
  }),
];

/** Never email: the link goes that way. Relay UK is a call. */
async function channelsFor({ parts, recipients }: SenderVisit): Promise<readonly SecretChannel[]> {
  const told = recipients.filter(({ access }) => access === "words");
  const ways = await Promise.all(told.map((each) => waysToTell(parts.records.read, each)));
  return SECRET_CHANNELS.filter((channel) =>
    ways.every((theirs) => theirs.some((way) => (way.channel === "relay-uk" ? "phone" : way.channel) === channel)),
  );
}

async function page(visit: SenderVisit, chosen: string, errors: Readonly<Record<string, string>>): Promise<string> {
  const channels = await channelsFor(visit);
  const items = channels.map((each) => ({ value: each, text: CHANNEL_NAMES[each] }));
  const context = {
    title: "How you tell the six words",
    path: `/transfers/${visit.transfer.reference}`,
    chosen,
    items: [...items, { value: PREFERRED, text: "As each of them prefers, as it stands under Contacts" }],
    errors,
  };
  return render(visit, "send/meet-secret.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
