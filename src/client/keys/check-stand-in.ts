import { ClientError, lying } from "../error.ts";
import type { SenderAccess } from "../sending/keys.ts";
import type { KeyPins } from "./check-key-log.ts";

/** Who may tell the six words of a transfer in its sender's place, and so holds a way to open it. */
export interface StandIn {
  readonly name: string;
  readonly address: string;
}

/** Somebody who is to hold that way, and whom this client was not told of by the sender. */
export interface NewStandIn {
  readonly reference: string;
  readonly now: StandIn;
  /** The address of whom the sender said that they named for this transfer; null for nobody. */
  readonly before: string | null;
}

export interface StandInParts {
  readonly pins: KeyPins;
  /** Asks the sender, by name and address, whether they named them. False stops. */
  confirmStandIn(change: NewStandIn): Promise<boolean>;
}

/** Under what a client keeps whom its person named, by reference: no address, so nobody's keys. */
const namedBy = (own: string) => `stand-ins of ${own}`;

/**
 * SDT-13: the sender's access opens everything and holds everybody's words. It is sealed to the sender's own keys, and to those of one colleague
 * whom the sender said to have named for exactly this transfer: asked once, remembered here, asked again where it is another.
 * @param own the sender's address, as their own passkeys have it
 * @throws ClientError `lying-server` for a key of anybody else, `changed-keys`
 */
export async function checkStandIn(
  own: string,
  { reference, senderKeys, standIn }: SenderAccess,
  { pins, confirmStandIn }: StandInParts,
): Promise<void> {
  const others = senderKeys.filter(({ address }) => address !== own);
  const strange = others.find(({ address }) => address !== standIn?.address);
  if (strange !== undefined) throw lying(`it gives a key of ${strange.address} as one of yours`);
  if (others.length === 0 || standIn === null) return;
  const named = await pins.load(namedBy(own));
  const before = named.get(reference) ?? null;
  if (before === standIn.address) return;
  if (!(await confirmStandIn({ reference, now: standIn, before }))) throw notNamed(standIn);
  await pins.save(namedBy(own), new Map([...named, [reference, standIn.address]]));
}

function notNamed({ name, address }: StandIn): ClientError {
  const message =
    `You did not say that you named ${name} (${address}) to tell the words in your place. Nothing was sent. ` +
    "Change who may, where you say what you send; if you named nobody, ask your administrator.";
  return new ClientError({ code: "changed-keys", message });
}
